"""The organisation's lists, kept in the memory of each process and compared by one small question a use."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from shouwen.knowledge.models import (
    JargonTerm,
    ListVersion,
    PhraseSort,
    TabooPhrase,
    Wording,
)
from shouwen.knowledge.queries.articles import one
from shouwen.knowledge.rules.reply_check import PhraseLists
from shouwen.platform import db

PHRASES, WORDINGS = "phrases", "wordings"
Kept = TypeVar("Kept")

STAMP = db.Read(lambda name: ListVersion.objects.filter(name=name).order_by().values_list("stamp"))

_kept: dict[str, tuple[str, Any]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class OwnPhrases:
    lists: PhraseLists
    reasons: dict[str, str]
    """Phrase in lower case → why, where the organisation says why."""


def stamps() -> dict[str, str]:
    return dict(ListVersion.objects.values_list("name", "stamp"))


def _remembered(name: str, read: Callable[[], Kept]) -> Kept:
    """What `read` gives, read again only after the list has changed."""
    found = STAMP.first(name=name)
    stamp = found[0] if found else ""
    known = _kept.get(name)
    if known is None or known[0] != stamp or not stamp:
        known = (stamp, read())
        with _lock:
            _kept[name] = known
    kept: Kept = known[1]
    return kept


def own_phrases() -> OwnPhrases:
    return _remembered(PHRASES, _read_phrases)


def _read_phrases() -> OwnPhrases:
    active = list(TabooPhrase.objects.filter(active=True))
    by_sort = {
        sort: {each.phrase: each.better or None for each in active if each.sort == sort}
        for sort in (PhraseSort.TABOO, PhraseSort.BLAME)
    }
    allowed = {each.phrase for each in active if each.sort == PhraseSort.ALLOWED}
    lists = PhraseLists(
        taboo=by_sort[PhraseSort.TABOO],
        blame=by_sort[PhraseSort.BLAME],
        jargon=dict(JargonTerm.objects.filter(active=True).values_list("term", "better")),
        allowed=frozenset(allowed | {phrase.lower() for phrase in allowed}),
    )
    return OwnPhrases(lists, {each.phrase.lower(): each.reason for each in active if each.reason})


def own_wordings() -> list[Wording]:
    """Every wording there is; the caller picks by day and language."""
    return _remembered(WORDINGS, lambda: list(Wording.objects.order_by("topic", "-valid_from", "id")))


def phrases(*, active: bool = True) -> list[TabooPhrase]:
    return list(TabooPhrase.objects.filter(active=active).order_by("sort", "phrase"))


def phrase(phrase_id: int) -> TabooPhrase:
    return one(TabooPhrase.objects.filter(pk=phrase_id), _("There is no such phrase."))


def jargon(*, active: bool = True) -> list[JargonTerm]:
    return list(JargonTerm.objects.filter(active=active).order_by("term"))


def jargon_term(term_id: int) -> JargonTerm:
    return one(JargonTerm.objects.filter(pk=term_id), _("There is no such word."))


def phrase_sort_choices() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in PhraseSort.choices]
