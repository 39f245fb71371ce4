"""What helps while an answer is being written: the check, the promises in it, what "/" offers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shouwen.cases.models import Case
from shouwen.channels import queries as channels
from shouwen.kernel.text.traditional import kept_in, written_for
from shouwen.knowledge import queries as knowledge
from shouwen.knowledge.rules import placeholders
from shouwen.knowledge.rules.reply_check import ReplyContext
from shouwen.platform import preferences
from shouwen.platform.access import Actor
from shouwen.platform.web.environment import local_time
from shouwen.promises import queries as promises

LONGEST = 20_000
OFFERED = 8
WEIGHED = 3  # a reply rarely promises more; each costs a few questions
SHORT = 40  # characters: less is too little to tell the language from, so it is the customer's


def context_of(case: Case, text: str, spans: list[tuple[int, int]], actor: Actor) -> ReplyContext:
    said = channels.messages_of(case.subject, limit=12)
    mine = [
        m.text
        for m in reversed(said)
        if m.direction == "outbound" and m.author_id == actor.user_id and not m.meta.get("undone")
    ]
    spoken: Any = "en" if case.customer.language == "en" else "zh"
    return ReplyContext(
        channel=case.channel,
        customer_name=case.customer.name,
        customer_emotion=case.emotion,  # type: ignore[arg-type]  # the column holds the same five words
        promise_spans=spans,
        language="auto" if len(text) > SHORT else spoken,
        is_first_reply=case.first_replied_at is None,
        recent_replies=mine[:3],
    )


def context_after(case: Case, message: Any, promised: bool) -> ReplyContext:
    """The context of a reply that has been sent, for the figures."""
    return ReplyContext(
        channel=message.channel,
        customer_name=case.customer.name,
        customer_emotion=case.emotion,  # type: ignore[arg-type]  # the column holds the same five words
        has_recorded_promise=promised,
        is_first_reply=case.first_replied_at == message.at,
    )


def look_over(
    case: Case, text: str, at: datetime, actor: Actor, changed: Mapping[str, datetime] | None = None
) -> dict[str, Any]:
    """Remarks and promises in `text`, for the browser: offsets count as JavaScript counts (UTF-16). `changed` has
    other times that the writer gave to promises already found, by their words."""
    text = text[:LONGEST]
    found = promises.find_promises(text, at, zone=case.customer.zone or actor.zone)
    remarks = knowledge.check_reply(text, context_of(case, text, [(f.start, f.end) for f in found], actor))
    given = [one for one in found if one.who == "we" and one.due > at]
    return {
        "remarks": [knowledge.shown(text, remark, utf16=True) for remark in remarks],
        "promises": [
            {
                "start": utf16(text, one.start),
                "end": utf16(text, one.end),
                "text": one.quoted[:400],
                "due": one.due.isoformat(),
                "local": timezone.localtime(one.due).strftime("%Y-%m-%dT%H:%M"),
                "label": local_time(one.due, "short"),
                "certain": one.certain,
                "outside": one.outside_hours,
                **(
                    _weighed(case, one, (changed or {}).get(one.quoted), at, actor) if place < WEIGHED else {}
                ),
            }
            for place, one in enumerate(given)
        ],
    }


def _weighed(case: Case, found: Any, due: datetime | None, at: datetime, actor: Actor) -> dict[str, Any]:
    """What speaks against the promise, with its reasons, and the time that such work really takes."""
    known = promises.advice(
        text=found.quoted[:400], due_at=due or found.due, team_id=case.team_id, at=at, by=actor
    )
    proposal = known.proposal
    said = [str(doubt.sentence) for doubt in known.doubts]
    if proposal is None and known.doubts and known.n:
        few = _("Too few such promises are known (%(n)s) to propose a time.")
        said.append(few % {"n": known.n})
    return {
        "doubts": said,
        "refuses": known.refuses,
        "proposal": proposal
        and {
            "local": timezone.localtime(proposal).strftime("%Y-%m-%dT%H:%M"),
            "label": local_time(proposal, "short"),
            "n": known.n,
        },
    }


def doubts_about(
    case: Case, text: str, due_at: datetime, deliver_by: int | None, at: datetime, actor: Actor
) -> dict[str, Any] | None:
    """What to think of before this promise is written down; None where nothing speaks against it, or where it
    will be refused anyway, with its reason."""
    known = promises.advice(
        text=text, due_at=due_at, deliver_by=deliver_by, team_id=case.team_id, at=at, by=actor
    )
    if not known.doubts or known.refuses:
        return None
    better = local_time(known.proposal, "short") if known.proposal and known.proposal > due_at else ""
    return {"said": [str(doubt.sentence) for doubt in known.doubts], "better": better, "n": known.n}


def utf16(text: str, at: int) -> int:
    """The offset `at` in UTF-16 units."""
    return len(text[:at].encode("utf-16-le")) // 2


def blanks(case: Case, actor: Actor, at: datetime) -> dict[str, str]:
    """What fills a template's gaps for this case."""
    owed = promises.open_for(case.subject)
    due = local_time(owed[0].due_at, "short") if owed else ""
    return {
        "customer_name": case.customer.name,
        "agent_name": actor.name,
        "case_ref": case.reference,
        "promise": f"{owed[0].text} ({due})" if owed else "",
        "organisation": str(preferences.get("organisation.name")),
    }


def filled(case: Case, text: str, actor: Actor, at: datetime) -> str:
    """`text` with its gaps filled for this case. A gap without a value stays, so that nobody overlooks it."""
    return placeholders.fill(text, blanks(case, actor, at)) if placeholders.gaps(text) else text


def open_gaps(text: str) -> list[str]:
    return [name for name in placeholders.gaps(text) if name in placeholders.KNOWN]


def inserts(case: Case, q: str, actor: Actor) -> list[dict[str, Any]]:
    """Templates and articles that fit what was typed after "/"."""
    reads = case.customer.language
    language = kept_in(reads) or translation.get_language() or ""
    channel = "email" if case.channel in {"email", "web"} else case.channel
    fitting = []
    if not q.strip():
        asked = f"{case.subject_line}\n{case.last_words if case.last_direction == 'inbound' else ''}"
        fitting = knowledge.suggest_templates(asked, channel=channel, language=language, actor=actor)
    found = knowledge.find_templates(q, channel=channel, language=language, actor=actor, limit=OFFERED)
    articles = knowledge.insertable(q, language=language, limit=4)
    found = list({one.pk: one for one in (*fitting, *found)}.values())[:OFFERED]
    offered = [
        {"sort": "template", "id": one.pk, "name": one.name, "text": written_for(reads, one.body)}
        for one in found
    ]
    return offered + [
        {
            "sort": "article",
            "id": one.pk,
            "name": one.title,
            "text": written_for(reads, knowledge.plain(one.body)),
        }
        for one in articles
    ]
