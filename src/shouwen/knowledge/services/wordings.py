"""One voice: official wordings are stated, replaced, ended; and where they were said is written down."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import WordingChanged, WordingEnded, WordingStated
from shouwen.knowledge.models import LANGUAGES, Wording, WordingUse
from shouwen.knowledge.services.lists import stamp
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def state_wording(
    *,
    topic: str,
    text: str,
    valid_from: date,
    at: datetime,
    by: Actor,
    valid_to: date | None = None,
    basis: str = "",
    keywords: str = "",
    language: str = "zh-hans",
) -> Wording:
    """The way we say one thing from now on. Two for one topic at one time are refused: one voice."""
    ensure(policies.may_publish, by)
    topic = " ".join(topic.split())
    _check(topic=topic, text=text, language=language, valid_from=valid_from, valid_to=valid_to)
    _must_be_the_only_one(topic=topic, language=language, valid_from=valid_from, valid_to=valid_to, but=None)
    made = Wording.objects.create(
        topic=topic,
        text=text.strip(),
        keywords=keywords.strip()[:300],
        language=language,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis.strip()[:300],
        by_name=by.name[:80],
        stated_at=at,
    )
    stamp(queries.WORDINGS)
    bus.announce(WordingStated(wording_id=made.pk, topic=topic), subjects=[made.subject], by=by, at=at)
    return made


@transaction.atomic
def replace_wording(
    *,
    wording_id: int,
    text: str,
    valid_from: date,
    at: datetime,
    by: Actor,
    valid_to: date | None = None,
    basis: str = "",
    keywords: str = "",
) -> Wording:
    """Say it differently from a day on. The old one ends the day before and is kept.

    The fact names the old one, so that whoever knows open business can warn where it was said.
    """
    old = queries.locked_wording(wording_id)
    ensure(policies.may_publish, by, old)
    today = timezone.localdate(at)
    if old.standing(today) == "past":
        raise Refused(_("This wording is over. State a new one."))
    if valid_from <= old.valid_from:
        raise Invalid(_("The new wording begins after the one it replaces."), field="valid_from")
    old.valid_to = valid_from - timedelta(days=1)
    old.save(update_fields=["valid_to"])
    made = state_wording(
        topic=old.topic,
        text=text,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis,
        keywords=keywords,
        language=old.language,
        at=at,
        by=by,
    )
    made.replaces = old
    made.save(update_fields=["replaces"])
    bus.announce(
        WordingChanged(wording_id=made.pk, old_id=old.pk, topic=old.topic),
        subjects=[made.subject, old.subject],
        by=by,
        at=at,
        before={"text": old.text},
        after={"text": made.text},
    )
    return made


@transaction.atomic
def end_wording(*, wording_id: int, last_day: date, reason: str, at: datetime, by: Actor) -> Wording:
    """The wording holds until `last_day` and nothing takes its place."""
    found = queries.locked_wording(wording_id)
    ensure(policies.may_publish, by, found)
    if found.standing(timezone.localdate(at)) == "past":
        raise Refused(_("This wording is over already."))
    if last_day < found.valid_from:
        raise Invalid(_("It cannot end before it begins."), field="last_day")
    if not reason.strip():
        raise Invalid(_("Say why, in a few words."), field="reason")
    found.valid_to = last_day
    found.save(update_fields=["valid_to"])
    stamp(queries.WORDINGS)
    bus.announce(
        WordingEnded(wording_id=found.pk, topic=found.topic, reason=reason.strip()[:200]),
        subjects=[found.subject],
        by=by,
        at=at,
    )
    return found


@transaction.atomic
def record_wordings(*, subject: tuple[str, int], text: str, at: datetime) -> list[Wording]:
    """Write down which wordings a sent text says word for word, so that a change can find who was told."""
    used = queries.wordings_in(text, on=timezone.localdate(at))
    WordingUse.objects.bulk_create(
        [WordingUse(wording=each, subject_kind=subject[0], subject_id=subject[1], at=at) for each in used],
        ignore_conflicts=True,
    )
    return used


def _check(*, topic: str, text: str, language: str, valid_from: date, valid_to: date | None) -> None:
    if not topic or len(topic) > 120:
        raise Invalid(_("A topic has 1 to 120 characters."), field="topic")
    if not text.strip() or len(text) > 4000:
        raise Invalid(_("A wording has 1 to 4000 characters."), field="text")
    if language not in LANGUAGES:
        raise Invalid(_("Choose a language."), field="language")
    if valid_to is not None and valid_to < valid_from:
        raise Invalid(_("It cannot end before it begins."), field="valid_to")


def _must_be_the_only_one(
    *, topic: str, language: str, valid_from: date, valid_to: date | None, but: int | None
) -> None:
    other = queries.overlapping(
        topic=topic, language=language, valid_from=valid_from, valid_to=valid_to, but=but
    )
    if other is not None:
        raise Invalid(
            _("“%(topic)s” has a wording in force from %(day)s. Replace that one.")
            % {"topic": other.topic, "day": other.valid_from},
            field="topic",
        )
