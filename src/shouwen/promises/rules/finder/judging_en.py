"""Is it a promise? The words around a time in an English sentence."""
# ruff: noqa: E501 - a pattern is easier to read in one piece than cut to the line length

import re

from .shape import Around, Verdict

_US = r"(?:i|we|our \w+|my \w+|the (?:engineer|technician|team|manager|colleague|warehouse|courier|driver|supplier|department|replacement|part|parts|refund|report|invoice)|someone|an engineer|a technician|a colleague)"
_AHEAD = re.compile(
    r"\bwill\b|\b(?:have|'ve|has|'s|is|are|am) (?:booked|scheduled|arranged|reserved)\b|\b(?:asked|told) (?:the|our|my|a) \w+ to\b|\bcan (?:count|rely) on\b|'ll\b|\bshall\b|\bgoing to\b|\bpromise|\bguarantee|\bcommit|\baim|\bplan(?:s|ned|ning)? to\b|\bhope to\b|\bintend"
    r"|\btry to\b|\bscheduled\b|\bexpect(?:ed)?\b|\bdue to arrive\b|\bshould\b|\bought to\b|\bexpected (?:time|date)|\bprobably (?:over|by|on|tomorrow)|^\s*(?:sure[.,]? )?we can\b|\ballow us\b|\b(?:am|are|is|'re|'m|'s) (?:\w+ly )?\w+ing\b|\blet me\b"
    r"|\bcan (?:have|get|send|call|ship|deliver|do|fix|be)\b|\bto be (?:with you|delivered|fixed|completed|back)\b|\bbe with you\b|\b(?:leaves|arrives|ships|goes out)\b|^\s*(?:calling|sending|shipping) ",
    re.I,
)
_DEED = re.compile(
    r"\b(?:call|phone|ring|reply|respond|response|answer|get back|contact|reach|update|email|e-mail|mail|write|send|ship|dispatch|deliver|"
    r"fix|repair|resolve|solve|restore|refund|credit|pay|paid|replace|exchange|complete|finish|done|arrive|goes out|book|arrang|answer|leave|visit|come|be there|be with|be at|provide|"
    r"confirm|check|review|investigate|look into|escalate|follow up|hear|receive|have|get|sent|shipped|fixed|let you know|inform|notify|"
    r"schedule|install|process|issue|prepare|back|ready|collect|pick|return|give|expect|report|message|text|meet|calling|sending|shipping|dig into|come back|chase|touch base|release|publish|push|upload|deploy|post|merge|put|do it|do (?:this|that|more|so)|make|take a look|look at|go out|live|correct|re-send|resend|resume|show up|come out|be out|be here|with our findings|work on|clear|attend|reset|close|activate|on site|onsite|in touch|with you)",
    re.I,
)
_HEDGE = re.compile(
    r"\b(?:should|hope|try|aim|expect(?:ed)?|probably|might|may(?! \d)|likely|estimated?|approximately|perhaps|usually|normally|plan|intend|around|about)\b",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:won't|wont|cannot|can't|can not|unable|not|never|isn't|aren't|don't|doesn't|didn't|impossible|unlikely|no longer|nobody|no one|cancel(?:led|ed)?)\b"
    r"(?!\s+(?:later than|more than|only|worry|hesitate|exceed))",
    re.I,
)
_FINE_NEGATIVE = re.compile(
    r"\b(?:do not|don't|please do not) (?:worry|hesitate)|\bno later than|\bnot later than|\bno more than|\bwhy not\b",
    re.I,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|provided|providing|once|as soon as|as long as|assuming|whenever|when|until you|in case|depending|depends|subject to|should you|otherwise|after (?:we|you|your|the|receiving|receipt)|of (?:receiving|receipt)|upon)\b",
    re.I,
)
_FINE_CONDITION = re.compile(
    r"\bif (?:that|this|it)(?:'s| is| works| suits)|\bif you (?:have any|need any)|\bif not sooner|\bif anything",
    re.I,
)
_LATER_CONDITION = re.compile(
    r"^[,\s]*(?:if|once|unless|provided|as long as|as soon as|assuming|subject to|depending)\b", re.I
)
_POLICY = re.compile(
    r"\b(?:open(?:ing)? hours|business hours|working hours|office hours|we are open|we're open|open from|closed|warranty|every|each (?:day|week|month)|daily|weekly|monthly"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)days|offer|promotion|sale|discount|deadline|meeting|valid|expires?|return policy|may be returned|can be returned|no[- ]questions|hotline|24/7)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:yesterday|last (?:week|month|night|monday|tuesday|wednesday|thursday|friday|time)|ago|was supposed|were supposed|previously|had (?:promised|said|agreed)|promised (?:me|us|you)|were going to|was going to|would have)\b",
    re.I,
)
_SAID_BY_CUSTOMER = re.compile(
    r"\b(?:you|the customer|customer|he|she|they|client) (?:\w+ )?(?:said|told|asked|wrote|mentioned|want(?:ed)?|wish(?:ed)?|requested|hoped|expected|complained|claimed|demanded|would like|need(?:ed)?)\b",
    re.I,
)
_DUTY = re.compile(
    r"\b(?:please|kindly|could you|would you|can you|you (?:must|should|need to|have to|can|may|could|are (?:required|requested|asked)|might|will need|'ll need|will have to)|make sure|be sure to|remember to|feel free|let us know|let me know)\b",
    re.I,
)
_CUSTOMER_GETS = re.compile(
    r"\byou(?:'ll| will| can| should)? (?:\w+ )?(?:receive|hear|get|have|expect|see|count on|rely on)\b|\bplease (?:rest assured|be assured|expect|note that|know that)|\blet you know\b",
    re.I,
)
_CUSTOMER_ACTS = re.compile(r"\byou(?:'ll| will)\b", re.I)
_US_AHEAD = re.compile(
    rf"\b{_US}(?:'ll| will| shall|'m| am|'re| are| is| promise| guarantee| can| aim| hope| plan| expect| should)\b",
    re.I,
)
_WE_WILL = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall| promise to| plan to| expect to)\b(?: \w+)? \w{2,}", re.I
)
_OUR_WORD = re.compile(r"^\W*(?:our )?(?:promise|guarantee)\b", re.I)
_TAG = re.compile(
    r"\b(?:ok(?:ay)?|all right|alright|does that (?:work|suit)|is that (?:ok|okay|fine|all right))\b", re.I
)


def judge(around: Around) -> Verdict:
    """promise, hedged (said with doubt), customer (the customer's part), or no."""
    said = around.before + " " + around.after
    if _asked(around) or _conditional(around) or _PAST.search(said) or _POLICY.search(said):
        return "no"
    if _SAID_BY_CUSTOMER.search(around.before) and not _US_AHEAD.search(around.before):
        return "no"
    if _NEGATION.search(_FINE_NEGATIVE.sub("", said)) or not (has_deed(said) or _WE_WILL.search(said)):
        return "no"
    ours = _US_AHEAD.search(said)
    if not ours and not _CUSTOMER_GETS.search(said) and (_DUTY.search(said) or _CUSTOMER_ACTS.search(said)):
        return "customer"
    if (
        ours
        and (duty := _DUTY.search(said))
        and duty.start() < ours.start()
        and not _CUSTOMER_GETS.search(said)
    ):
        return "customer"
    if not (_AHEAD.search(said) or _AHEAD.search(around.earlier) or _OUR_WORD.search(said)):
        return "no"
    return "hedged" if _HEDGE.search(said) or around.asks else "promise"


def has_deed(words: str) -> bool:
    return bool(_DEED.search(words))


def _asked(around: Around) -> bool:
    if not around.asks:
        return False
    return not (_US_AHEAD.match(around.before.strip()) and _TAG.search(around.later))


def _conditional(around: Around) -> bool:
    before = _FINE_CONDITION.sub("", around.earlier + ", " + around.before)
    after = _FINE_CONDITION.sub("", around.after)
    later = _FINE_CONDITION.sub("", around.later)
    return bool(_CONDITION.search(before) or _CONDITION.search(after) or _LATER_CONDITION.search(later))
