"""The case library: written, made from a closed complaint, looked over and published, answered (CMP-8)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import policies, queries
from shouwen.complaints.events import LibraryAnswered, LibraryChanged
from shouwen.complaints.models import Cause, EntryState, Liability, LibraryAnswer, LibraryEntry, Trigger
from shouwen.complaints.queries import library, library_draft
from shouwen.complaints.rules import facts
from shouwen.complaints.rules import library as rules
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


def written(entry: LibraryEntry, texts: Mapping[str, Mapping[str, str]]) -> None:
    """The texts on the row, with the words that find it."""
    entry.title_zh, entry.title_en = texts["zh"]["title"], texts["en"]["title"]
    entry.zh = {name: texts["zh"][name] for name in rules.PARTS}
    entry.en = {name: texts["en"][name] for name in rules.PARTS}
    entry.words, entry.marks = rules.words_of(texts), rules.marks_of(texts)


def _values(entry: LibraryEntry) -> dict[str, Any]:
    """What the history compares."""
    texts = library.texts_of(entry)
    return {
        **{f"{language}_{name}": text for language, told in texts.items() for name, text in told.items()},
        "cause": entry.cause,
        "liability": entry.liability,
        "triggers": list(entry.triggers),
        "state": entry.state,
    }


def _announce(
    entry: LibraryEntry, before: dict[str, Any] | None, *, by: Actor, at: datetime, more: Any = ()
) -> None:
    after = _values(entry)
    if before == after:
        return
    fact = LibraryChanged(entry.pk, str(entry), entry.state, before["state"] if before else "")
    bus.announce(fact, subjects=[entry.subject, *more], by=by, at=at, before=before, after=after)


def _tags(cause: str, liability: str, triggers: Iterable[str]) -> list[str]:
    errors: dict[str, Any] = {}
    wanted = [code for code in Trigger.values if code in set(triggers)]
    if cause and cause not in Cause.values:
        errors["cause"] = _("Choose one of the listed values.")
    if liability and liability not in Liability.values:
        errors["liability"] = _("Choose one of the listed values.")
    if len(wanted) != len(set(triggers)):
        errors["triggers"] = _("Choose from the list.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    return wanted


@transaction.atomic
def save_entry(
    *,
    entry_id: int | None = None,
    texts: Mapping[str, Mapping[str, str]],
    cause: str = "",
    liability: str = "",
    triggers: Iterable[str] = (),
    at: datetime,
    by: Actor,
) -> LibraryEntry:
    """A draft, or a change to an entry. What is published stays whole and names nobody."""
    ensure(policies.may_write_library, by)
    entry = library.locked(entry_id, by) if entry_id is not None else LibraryEntry()
    before = _values(entry) if entry_id is not None else None
    known = rules.cleaned(texts)
    if entry.is_published:
        rules.check_publishable(known)
    triggers = list(triggers)
    entry.triggers, entry.cause, entry.liability = _tags(cause, liability, triggers), cause, liability
    written(entry, known)
    entry.updated_at = at
    entry.save()
    _announce(entry, before, by=by, at=at)
    return entry


@transaction.atomic
def make_entry(*, complaint_id: int, at: datetime, by: Actor) -> LibraryEntry:
    """A draft from a closed complaint, masked; asked for twice it is the same entry."""
    complaint = queries.locked(complaint_id, by)
    ensure(policies.may_write_library, by)
    rules.check_source(complaint.state)
    known = library.of_complaint(complaint.pk)
    if known is not None:
        return known
    has = queries.parts(complaint)
    language, told = library_draft.draft(complaint, has)
    entry = LibraryEntry(
        cause=complaint.cause, liability=complaint.liability, source=complaint, updated_at=at
    )
    text = "\n".join((complaint.remedy_sought, *(account.text for account in has.accounts)))
    entry.triggers = library.triggers(complaint, has, text)
    written(entry, {one: told if one == language else dict.fromkeys(told, "") for one in rules.LANGUAGES})
    entry.save()
    _announce(entry, None, by=by, at=at, more=[complaint.subject])
    return entry


@transaction.atomic
def publish_entry(*, entry_id: int, looked_over: bool, at: datetime, by: Actor) -> LibraryEntry:
    """Somebody read it over; from now on every colleague finds it."""
    ensure(policies.may_write_library, by)
    entry = library.locked(entry_id, by)
    if entry.is_published:
        return entry
    rules.check_looked_over(looked_over)
    rules.check_publishable(library.texts_of(entry))
    before = _values(entry)
    entry.state, entry.published_at, entry.looked_over_by = EntryState.PUBLISHED, at, by.user_id
    entry.save(update_fields=["state", "published_at", "looked_over_by"])
    _announce(entry, before, by=by, at=at)
    return entry


@transaction.atomic
def take_back_entry(*, entry_id: int, at: datetime, by: Actor) -> LibraryEntry:
    """A draft again; answers stay with their writers."""
    ensure(policies.may_write_library, by)
    entry = library.locked(entry_id, by)
    before = _values(entry)
    entry.state, entry.published_at, entry.looked_over_by = EntryState.DRAFT, None, None
    entry.save(update_fields=["state", "published_at", "looked_over_by"])
    _announce(entry, before, by=by, at=at)
    return entry


@transaction.atomic
def answer_question(*, entry_id: int, number: int, text: str, at: datetime, by: Actor) -> LibraryAnswer:
    """What one thinks about a question: for oneself and one's supervisors. Written again, it takes the old one's place."""
    entry = library.locked(entry_id, by)
    ensure(policies.may_answer, by, entry)
    question = rules.question_of(library.texts_of(entry), number)
    who = by.user_id or 0  # staff, as the policy made sure
    answer = library.answer_by(entry, who, number)
    answer = answer or LibraryAnswer(entry=entry, staff_id=who, number=number)
    answer.question, answer.text, answer.answered_at = question, facts.text(text, "text", most=4000), at
    answer.save()
    bus.announce(LibraryAnswered(entry.pk, number), subjects=[entry.subject], by=by, at=at)
    return answer
