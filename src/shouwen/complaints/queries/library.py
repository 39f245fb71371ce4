"""The case library: its list, one entry, entries like a complaint, what colleagues answered (CMP-8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases.rules import signs
from shouwen.complaints import policies
from shouwen.complaints.models import Complaint, EntryState, LibraryAnswer, LibraryEntry, Trigger
from shouwen.complaints.queries.parts import Parts
from shouwen.complaints.rules import library as rules
from shouwen.complaints.rules.library import Like, Tagged
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor

AMONG = 500  # the newest published entries are compared; no library is read that has more
OFTEN = 3  # handoffs
ORDER = ("-id",)


def visible_to(actor: Actor) -> QuerySet[LibraryEntry]:
    """Published entries for who may open complaints; drafts for who keeps the library."""
    if actor.can(policies.LIBRARY):
        return LibraryEntry.objects.all()
    if actor.can(policies.SEE):
        return LibraryEntry.objects.filter(state=EntryState.PUBLISHED)
    return LibraryEntry.objects.none()


def get(entry_id: int, actor: Actor) -> LibraryEntry:
    return _found(visible_to(actor).filter(pk=entry_id).first())


def locked(entry_id: int, actor: Actor) -> LibraryEntry:
    return _found(visible_to(actor).select_for_update().filter(pk=entry_id).first())


def _found(entry: LibraryEntry | None) -> LibraryEntry:
    if entry is None:
        raise NotFound(_("There is no such entry in the case library."))
    return entry


def of_complaint(complaint_id: int) -> LibraryEntry | None:
    return LibraryEntry.objects.filter(source_id=complaint_id).first()


@dataclass(frozen=True)
class EntryFilter:
    q: str = ""
    state: str = ""
    cause: str = ""
    liability: str = ""


def listed(actor: Actor, chosen: EntryFilter) -> QuerySet[LibraryEntry]:
    """Newest first; page it by ORDER. Every word of the search must be in the entry, in whichever language."""
    rows = visible_to(actor).defer("words", "marks")
    for name in ("state", "cause", "liability"):
        if value := getattr(chosen, name):
            rows = rows.filter(**{name: value})
    for word in rules.wanted(chosen.q):
        rows = rows.filter(words__contains=word)
    return rows


def texts_of(entry: LibraryEntry) -> dict[str, dict[str, str]]:
    """Titles and parts by language, with nothing missing."""
    parts: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("zh", entry.title_zh, entry.zh),
        ("en", entry.title_en, entry.en),
    )
    return {
        language: {"title": title, **{name: held.get(name, "") for name in rules.PARTS}}
        for language, title, held in parts
    }


def told(entry: LibraryEntry, language: str) -> dict[str, Any]:
    """The entry in the wanted language, else in the other: title, parts, and `language` it is in."""
    texts = texts_of(entry)
    wanted = "en" if language.startswith("en") else "zh"
    other = "zh" if wanted == "en" else "en"
    chosen = wanted if texts[wanted]["title"] else other
    shown: dict[str, Any] = dict(texts[chosen])
    shown["questions"] = rules.questions(shown["questions"])
    return {**shown, "language": chosen, "both": bool(texts[wanted]["title"] and texts[other]["title"])}


# --- like a complaint ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Similar:
    id: int
    title_zh: str
    title_en: str
    like: Like


def similar(complaint: Complaint, has: Parts) -> list[Similar]:
    """Published entries most like this complaint: one statement, whatever it says."""
    names = ("pk", "title_zh", "title_en", "marks", "cause", "liability", "triggers")
    rows = list(
        LibraryEntry.objects.filter(state=EntryState.PUBLISHED).order_by("-id").values_list(*names)[:AMONG]
    )
    known = [Tagged(row[0], frozenset(row[3].split()), row[4], row[5], row[6]) for row in rows]
    titles = {row[0]: (row[1], row[2]) for row in rows}
    best = rules.closest(_asked(complaint, has), known)
    return [Similar(like.id, *titles[like.id], like) for like in best]


def _asked(complaint: Complaint, has: Parts) -> Tagged:
    texts = [
        complaint.case.subject_line,
        complaint.remedy_sought,
        *(one.text for one in has.accounts if one.party == "customer"),
    ]
    return Tagged(
        complaint.pk,
        rules.telling(*texts),
        complaint.cause,
        complaint.liability,
        triggers(complaint, has, "\n".join(texts)),
    )


def triggers(complaint: Complaint, has: Parts, text: str) -> list[str]:
    """What makes it hard, as far as it is on record or in the customer's words."""
    found = {
        Trigger.PASSED_ON: complaint.case.handoff_count >= OFTEN,
        Trigger.REPEATED: complaint.reopen_count > 0,
        Trigger.PROMISE: complaint.cause == "promise",
        Trigger.DANGER: complaint.safety,
        Trigger.OUTSIDE: bool(has.outside),
        Trigger.DEADLOCK: bool(has.moves),
        Trigger.SEVERAL: bool(has.members),
        Trigger.THREAT: signs.threatens(text) is not None,
        Trigger.ASKS_SUPERIOR: bool(signs.asks_for_superior(text)),
    }
    return [trigger.value for trigger, there in found.items() if there]


# --- answers ---------------------------------------------------------------------------------------------


def answers_of(entry: LibraryEntry, actor: Actor) -> dict[int, LibraryAnswer]:
    """What the actor wrote themselves, by number of the question."""
    if actor.user_id is None:
        return {}
    return {one.number: one for one in entry.answers.filter(staff_id=actor.user_id)}


def all_answers(entry: LibraryEntry) -> QuerySet[LibraryAnswer]:
    """Everybody's, for supervisors; page it by ORDER."""
    return LibraryAnswer.objects.filter(entry=entry)


def answer_by(entry: LibraryEntry, staff_id: int, number: int) -> LibraryAnswer | None:
    return LibraryAnswer.objects.filter(entry=entry, staff_id=staff_id, number=number).first()
