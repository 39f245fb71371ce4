"""English phrases that a service person does not say, each with words that can stand in its place."""
# ruff: noqa: E501 - one phrase, one line

from . import reasons as r
from .shape import Phrase

TABOO: tuple[Phrase, ...] = (
    Phrase(r"\bI (?:really |simply |just )?(?:don't|do not) know(?! you)\b", "I will find out for you", r.COLD, unless_after=r" you"),
    Phrase(r"\b(?:I have |I've )?no idea\b", "I will find out for you", r.COLD, unless_before=r"\b(?:have|had) $|you $"),
    Phrase(r"\bI(?:'m| am) not sure\b", "I will check and tell you", r.COLD),
    Phrase(r"\b(?:there is|there's) nothing (?:I|we) can do\b", "let us look at what is possible", r.REFUSAL),
    Phrase(r"\bnothing (?:I|we) can do\b", "let us look at what is possible", r.REFUSAL),
    Phrase(r"\b(?:that|this|it)(?:'s| is) (?:just |simply )?(?:our|the|company) policy\b", "the reason for this is", r.RULE),
    Phrase(r"\b(?:it(?:'s| is) )?against (?:our |company )?policy\b", "not something we can offer, but we can suggest another way", r.RULE),
    Phrase(r"\bthose are the rules\b", "the reason for this is", r.RULE),
    Phrase(r"\b(?:that|this|it)(?:'s| is) not (?:my|our) (?:job|department|problem|responsibility|fault)\b", "I will find the right colleague and stay with it", r.BRUSH_OFF),
    Phrase(r"\bnot my (?:job|department|problem)\b", "something I will take to the right colleague", r.BRUSH_OFF),
    Phrase(r"\byou(?:'ll| will)? (?:have|need) to (?:call|contact|ask|speak to|talk to) (?:someone else|another department|the manufacturer|head office)\b", "I will contact the right colleague for you", r.BRUSH_OFF),
    Phrase(r"\blook it up yourself\b", "let me show you where it stands", r.COLD),
    Phrase(r"\b(?:check|read|see) the (?:manual|website|faq)(?: yourself)?(?=[.!]|$)", "I have copied the steps for you below", r.COLD),
    Phrase(r"\b(?:that|this|it)(?:'s| is) (?:simply |just |absolutely )?impossible\b", "this is difficult at the moment, so here is what we can do", r.REFUSAL),
    Phrase(r"\bno way\b", "that is difficult, so let us find another solution", r.REFUSAL, unless_before=r"\b(?:in|is|there is) $", unless_after=r" (?:to|of|around)"),
    Phrase(r"\b(?:we|I) (?:can't|cannot) help(?: you)?\b(?! but)", "here is what we can do", r.REFUSAL),
    Phrase(r"\bcalm down\b", "I understand how frustrating this is", r.IMPATIENT),
    Phrase(r"\b(?:just )?(?:wait your turn|be patient)\b", "thank you for waiting; this is where we are", r.IMPATIENT),
    Phrase(r"\bwhat(?:'s| is) (?:the|your) (?:rush|hurry|problem)\b", "I understand that this is urgent", r.IMPATIENT),
    Phrase(r"\b(?:as )?I(?:'ve| have)? already (?:told|said|explained)(?: (?:to )?you)?(?: that)?\b", "let me explain it once more:", r.RUDE),
    Phrase(r"\bas (?:per|stated in) my (?:last|previous) (?:e-?mail|message)\b", "to sum up once more,", r.RUDE),
    Phrase(r"\b(?:are you|you're|you are) (?:stupid|deaf|blind|crazy|an idiot)\b", "let me explain it in another way", r.RUDE),
    Phrase(r"\b(?:don't|do not) you understand\b", "let me put it in another way", r.RUDE),
    Phrase(r"\bwhat do you (?:expect|want)(?: me| us)? to do\b", "please tell me what would help you most", r.RUDE),
    Phrase(r"\bwhatever(?=[.!,]|$)", "as you prefer", r.CARELESS),
    Phrase(r"\bnot a big deal\b", "something I want to put right", r.CARELESS),
    Phrase(r"\btake it or leave it\b", "let us see which offer suits you", r.RUDE),
    Phrase(r"\bgo ahead and (?:complain|sue)\b", "I will record your complaint and pass it to my supervisor", r.RUDE),
    Phrase(r"\bare you sure (?:about that|you did)\b", "so that we can check quickly, please tell me what happened", r.DOUBT),
    Phrase(r"\b(?:no one|nobody) else (?:has )?(?:complained|had|has) (?:about )?(?:this|that)?(?: problem)?\b", "I will look into what you describe", r.DOUBT),
    Phrase(r"\b(?:you(?:'re| are)) (?:lying|exaggerating|overreacting)\b", "I would like to understand exactly what happened", r.DOUBT),
    Phrase(r"\bwe(?:'re| are) (?:too )?busy\b", "many customers are writing at the moment", r.IMPATIENT),
    Phrase(r"\bunfortunately,? no\b", "what we can do instead is", r.REFUSAL),
    Phrase(r"\bI(?:'m| am) (?:just )?new here\b", "I will ask an experienced colleague and tell you", r.COLD),
)  # fmt: skip

BLAME: tuple[Phrase, ...] = (
    Phrase(r"\byou should(?:'ve| have) (?:\w+)\b(?: (?:us|it|that|earlier|sooner))*", "let us see what we can do now", r.BLAME, unless_after=r" (?:received|by now)", unless_before=r"(?:by now|already) $"),
    Phrase(r"\bwhy (?:didn't|did not|haven't) you (?:\w+)(?: (?:us|it|that|earlier|sooner|before))*", "let us start from where we are now", r.BLAME),
    Phrase(r"\b(?:it|this|that)(?:'s| is| was) (?:all )?your (?:own )?(?:fault|mistake|problem|responsibility)\b", "this is how it came about", r.BLAME),
    Phrase(r"\byou (?:must have|have|'ve) (?:misunderstood|misread|made a mistake|broken|got it wrong)\b", "I may not have explained this clearly", r.BLAME),
    Phrase(r"\byou (?:failed|neglected|forgot|refused) to (?:\w+)\b", "we still need", r.BLAME),
    Phrase(r"\byou (?:did|used|installed|filled)(?: (?:it|this|that|in the form))? (?:wrong(?:ly)?|incorrectly)\b", "another way of doing it avoids this", r.BLAME),
    Phrase(r"\byou (?:didn't|did not) (?:read|follow|listen|check)\b", "there is a step that is easily missed in", r.BLAME),
    Phrase(r"\byour (?:misuse|carelessness|negligence)\b", "the way it was used", r.BLAME),
    Phrase(r"\b(?:it(?:'s| is| was)|blame) (?:the|our) (?:other|previous|last) (?:agent|colleague|department|shift)(?:'s fault)?\b", "this was our mistake", r.PASSING_ON),
)  # fmt: skip
