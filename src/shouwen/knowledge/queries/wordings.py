"""Official wordings: which hold today, which fit a text, where one was used."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.text import tokens
from shouwen.knowledge.models import Wording, WordingUse
from shouwen.knowledge.queries.articles import one
from shouwen.knowledge.queries.lists import own_wordings
from shouwen.knowledge.rules import ranking
from shouwen.platform.access import now

NO_WORDING = _("There is no such wording.")
MOST_SUBJECTS = 2000


@dataclass(frozen=True)
class Standing:
    """A wording with where it stands on a day, for a page."""

    wording: Wording
    code: str  # valid | coming | past
    uses: int = 0


def wording(wording_id: int) -> Wording:
    return one(Wording.objects.select_related("replaces").filter(pk=wording_id), NO_WORDING)


def locked_wording(wording_id: int) -> Wording:
    return one(Wording.objects.select_for_update().filter(pk=wording_id), NO_WORDING)


def valid_wordings(
    text: str = "", *, on: date | None = None, language: str = "", limit: int = 5
) -> list[Wording]:
    """Wordings in force on a day (today when none is given) that fit `text`, the best first.

    Without a text: all in force, by topic, and `limit` is not applied.
    """
    day = on or timezone.localdate(now())
    held = [each for each in own_wordings() if each.standing(day) == "valid"]
    if language:
        held = [each for each in held if each.language == language]
    if not text.strip():
        return held
    words = {each.pk: ranking.weights(each.topic, each.keywords, each.text) for each in held}
    asked = set(ranking.asked(text))
    holders = {term: sum(term in terms for terms in words.values()) for term in asked}
    rows = [
        (pk, term, weight) for pk, terms in words.items() for term, weight in terms.items() if term in asked
    ]
    ranked = ranking.scores(rows, holders, len(held), asked_count=len(asked))
    by_id = {each.pk: each for each in held}
    return [by_id[pk] for pk, _score in ranked[:limit]]


def wordings_in(text: str, *, on: date) -> list[Wording]:
    """Wordings that stand in `text` word for word; blanks, line breaks and marks do not matter."""
    said = _bare(text)
    held = [each for each in own_wordings() if each.standing(on) != "coming"]
    return [each for each in held if (bare := _kept_bare(each.text)) and len(bare) > 3 and bare in said]


def _bare(text: str) -> str:
    """Folded letters and digits only: the search tokens, with pairs of Chinese put back to characters."""
    return "".join(token if token.isascii() else token[0] for token in tokens(text))


_kept_bare = lru_cache(maxsize=1024)(_bare)  # of wordings, never of what is sent


def listed_wordings(*, on: date, past: bool = False, q: str = "", language: str = "") -> list[Standing]:
    """For the page: in force and coming ones by topic, or those that are over, the latest first."""
    rows = Wording.objects.all()
    rows = (
        rows.filter(valid_to__lt=on) if past else rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    )
    if language:
        rows = rows.filter(language=language)
    if q.strip():
        rows = rows.filter(
            Q(topic__icontains=q.strip()) | Q(text__icontains=q.strip()) | Q(keywords__icontains=q.strip())
        )
    order = ("-valid_to", "topic") if past else ("topic", "language", "valid_from")
    return [Standing(each, each.standing(on)) for each in rows.order_by(*order)[:300]]


def history_of(found: Wording) -> list[Wording]:
    """What was said on the same topic in the same language, the latest first."""
    rows = Wording.objects.filter(topic=found.topic, language=found.language).exclude(pk=found.pk)
    return list(rows.order_by("-valid_from", "-id")[:50])


def overlapping(
    *, topic: str, language: str, valid_from: date, valid_to: date | None, but: int | None = None
) -> Wording | None:
    """Another wording of the topic in force on any day of the span; one voice allows none."""
    rows = Wording.objects.filter(topic__iexact=topic, language=language).exclude(pk=but or 0)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    return (rows.filter(valid_from__lte=valid_to) if valid_to else rows).order_by("valid_from").first()


def subjects_using(wording_id: int) -> list[tuple[str, int]]:
    """Where a wording was said, the latest first: [("case", 12), …], at most 2000."""
    rows = WordingUse.objects.filter(wording_id=wording_id).order_by("-at", "-id")
    return list(rows.values_list("subject_kind", "subject_id")[:MOST_SUBJECTS])


def wordings_used_in(subject: tuple[str, int]) -> list[Wording]:
    rows = Wording.objects.filter(uses__subject_kind=subject[0], uses__subject_id=subject[1])
    return list(rows.order_by("topic", "id"))


def outdated_in(subject: tuple[str, int], *, on: date) -> list[Wording]:
    """Wordings said in a subject's business that no longer hold; a colleague should put them right."""
    return [each for each in wordings_used_in(subject) if each.standing(on) == "past"]
