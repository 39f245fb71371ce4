"""Words to avoid and words of ours, and the stamp that tells every process a list has changed."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.knowledge import policies, queries
from shouwen.knowledge.events import JargonSaved, PhraseSaved
from shouwen.knowledge.models import LANGUAGES, JargonTerm, ListVersion, PhraseSort, TabooPhrase
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

PHRASE = ("phrase", "sort", "language", "reason", "better", "active")
JARGON = ("term", "better", "active")


def stamp(name: str) -> None:
    """Inside the transaction of the change: both become visible together."""
    ListVersion.objects.update_or_create(name=name, defaults={"stamp": secrets.token_hex(8)})


@transaction.atomic
def save_phrase(
    *,
    phrase: str,
    at: datetime,
    by: Actor,
    phrase_id: int | None = None,
    sort: str = PhraseSort.TABOO,
    reason: str = "",
    better: str = "",
    language: str = "",
    active: bool = True,
) -> TabooPhrase:
    """A phrase on top of the built-in ones, with what to say instead and why."""
    ensure(policies.may_publish, by)
    row = queries.phrase(phrase_id) if phrase_id else TabooPhrase()
    text = " ".join(phrase.split())
    if len(text) < 2 or len(text) > 80:
        raise Invalid(
            _("A phrase has 2 to 80 characters; a shorter one is found everywhere."), field="phrase"
        )
    if sort not in PhraseSort.values:
        raise Invalid(_("Choose one of the listed values."), field="sort")
    if language not in ("", *LANGUAGES):
        raise Invalid(_("Choose a language."), field="language")
    if text in better:
        raise Invalid(_("The better wording still holds the phrase."), field="better")
    if TabooPhrase.objects.filter(phrase__iexact=text).exclude(pk=phrase_id or 0).exists():
        raise Invalid(_("This phrase is on the list already."), field="phrase")
    before = _said(row, PHRASE) if row.pk else None
    row.phrase, row.sort, row.language = text, sort, language
    row.reason, row.better = reason.strip()[:200], better.strip()[:200]
    row.active, row.changed_at = active, at
    row.save()
    stamp(queries.PHRASES)
    bus.announce(
        PhraseSaved(phrase_id=row.pk, phrase=text, sort=sort, active=active),
        subjects=[("phrase", row.pk)],
        by=by,
        at=at,
        before=before,
        after=_said(row, PHRASE),
    )
    return row


def _said(row: TabooPhrase | JargonTerm, names: tuple[str, ...]) -> dict[str, Any]:
    """What the history keeps of an entry."""
    return {name: getattr(row, name) for name in names}


@transaction.atomic
def save_jargon(
    *, term: str, better: str, at: datetime, by: Actor, term_id: int | None = None, active: bool = True
) -> JargonTerm:
    """A word of ours, and what a customer understands instead."""
    ensure(policies.may_publish, by)
    row = queries.jargon_term(term_id) if term_id else JargonTerm()
    text = " ".join(term.split())
    if not text or len(text) > 40:
        raise Invalid(_("A word has 1 to 40 characters."), field="term")
    if not better.strip() or len(better.strip()) > 120:
        raise Invalid(_("Say it in 1 to 120 characters a customer understands."), field="better")
    if JargonTerm.objects.filter(term=text).exclude(pk=term_id or 0).exists():
        raise Invalid(_("This word is on the list already."), field="term")
    before = _said(row, JARGON) if row.pk else None
    row.term, row.better, row.active, row.changed_at = text, better.strip(), active, at
    row.save()
    stamp(queries.PHRASES)
    bus.announce(
        JargonSaved(jargon_id=row.pk, term=text, active=active),
        subjects=[("jargon", row.pk)],
        by=by,
        at=at,
        before=before,
        after=_said(row, JARGON),
    )
    return row
