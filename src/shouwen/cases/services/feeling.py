"""The emotion of a case: from what the customer says, carried over from what was said before (ESC-3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import FeelingMarked
from shouwen.cases.models import FeelingMark
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.kernel.errors import Invalid
from shouwen.knowledge.rules import emotion, manner
from shouwen.platform.access import Actor, ensure

FEW_CONTACTS = 2  # so many a day are nothing to remark on
LEAST_REPEATED = 6  # characters: 好的 and 在吗 are said twice by anybody


def of(text: str) -> str:
    """calm, anxious, upset, angry or hostile."""
    return emotion.read(text).level


def after(previous: str, text: str, *, contacts_today: int = 1, repeated: bool = False) -> str:
    """The level after `text`, when it was `previous` before: feelings fade slowly and rise at once."""
    level = previous if previous in emotion.LEVELS else emotion.LEVELS[0]
    position = emotion.LEVELS.index(level)
    before = emotion.Emotion(level, (0.0, *emotion.BOUNDS)[position])
    return emotion.blend(before, emotion.read(text), contacts_today, repeated=repeated).level


def same_again(last_words: str, last_direction: str, text: str) -> bool:
    """The customer sends the words of before once more, and nobody has answered in between."""
    words = recording.last_words(text)
    return last_direction == "inbound" and len(words) >= LEAST_REPEATED and words == last_words


@transaction.atomic
def mark_feeling(
    *, case_id: int, level: str, style: str = "", note: str = "", at: datetime, by: Actor
) -> FeelingMark:
    """A colleague says how the customer feels, and what sort of person speaks; it counts from now on."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    if level not in emotion.LEVELS:
        raise Invalid(_("Choose one of the listed values."), field="level")
    if style and style not in manner.STYLES:
        raise Invalid(_("Choose one of the listed values."), field="style")
    note = states.text(note, "note", least=0, most=200) if note else ""
    made = FeelingMark.objects.create(
        case=case, level=level, style=style, note=note, marked_by_id=by.user_id, marked_at=at
    )
    felt = case.emotion
    if felt != level:
        case.emotion = level
        case.save(update_fields=["emotion"])
    recording.announce(case, FeelingMarked(case.pk, level, style, felt), by=by, at=at)
    return made
