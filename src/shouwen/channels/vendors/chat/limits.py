"""Counting what a visitor sends, so that nobody floods us."""

from datetime import datetime

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from shouwen.channels.vendors.chat import rules
from shouwen.platform.web.faults import TooManyRequests


def pass_or_refuse(sort: str, who: str, at: datetime) -> None:
    """Counts one more of `sort` by `who`; TooManyRequests when there were as many as may be in this span."""
    span = rules.SESSION_SECONDS if sort == "session" else 60
    key = f"chat:{sort}:{who[:64]}:{int(at.timestamp()) // span}"
    cache.add(key, 0, timeout=span + 60)
    try:
        before = int(cache.incr(key)) - 1
    except ValueError:  # the cache has just forgotten it
        before = 0
    if not rules.may_pass(sort, before):
        raise TooManyRequests(_("That was a lot at once. Please wait a moment, then go on."))
