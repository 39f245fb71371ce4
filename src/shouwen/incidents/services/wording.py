"""What each customer reads: in their language, with their name, their own reference and their own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shouwen.cases import links as case_links
from shouwen.incidents.models import Incident, Link, Update
from shouwen.kernel.text.traditional import kept_in, written_for
from shouwen.platform.web.pages import render_words


@dataclass(frozen=True)
class Said:
    """`brief` is for channels of short messages: one line and the way to the rest."""

    title: str
    text: str
    brief: str


def of(update: Update, incident: Incident, case: Any, link: Link) -> Said:
    """The words of an update for the customer of one case."""
    language = case.customer.language
    page = case_links.customer_page(case)
    with translation.override(kept_in(language)):
        name = incident.titled(language)
        title = _("Does it work again? %(title)s") if update.asks else _("News about your request: %(title)s")
        known = {
            "case": case,
            "customer": case.customer,
            "incident": incident,
            "title": name,
            "area": link.area.name,
            "text": _in(language, update.text, update.text_en),
            "interim": _in(language, incident.interim, incident.interim_en),
            "estimate": spoken(update.estimate_at, case) if update.estimate_at else "",
            "url": page,
        }
        text = render_words(
            "incidents/mail/restored.txt" if update.asks else "incidents/mail/news.txt", known
        )
        heading = title % {"title": name}
    heading, text = written_for(language, heading), written_for(language, text)
    return Said(heading[:300], text, f"{heading}\n{page}")


def _in(language: str, chinese: str, english: str) -> str:
    return (english or chinese) if language.startswith("en") else (chinese or english)


def spoken(moment: datetime, case: Any) -> str:
    """A time as the customer reads it, in their zone."""
    zone = ZoneInfo(case.customer.zone or settings.TIME_ZONE)
    return timezone.localtime(moment, zone).strftime("%Y-%m-%d %H:%M")


def promise_text(incident: Incident, language: str) -> str:
    with translation.override(kept_in(language)):
        text = _("Restored: %(title)s") % {"title": incident.titled(language)}
    return written_for(language, text)[:400]


def summary(update: Update, incident: Incident, language: str) -> str:
    """What was done, as the customer reads it on their page."""
    with translation.override(kept_in(language)):
        done = _("“%(title)s” has been put right.") % {"title": incident.titled(language)}
    text = _in(language, update.text, update.text_en)
    return written_for(language, f"{done} {text}".strip())
