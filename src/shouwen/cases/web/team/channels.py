"""Channel statistics: figures by channel and period, each with the list of its cases."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shouwen.cases import permissions
from shouwen.cases.queries import channel_figures, labels
from shouwen.channels import figures
from shouwen.knowledge import queries as knowledge
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, page, paginate

MEASURES = {
    "opened": gettext_lazy("New requests"),
    "replied": gettext_lazy("Answered"),
    "unreplied": gettext_lazy("Not answered yet"),
    "ended": gettext_lazy("Resolved or closed"),
    "first_contact": gettext_lazy("Solved at first contact"),
    "again": gettext_lazy("Needed more than one contact"),
    "self_service": gettext_lazy("Without our people"),
}
PERIODS = (1, 7, 30, 90)


def _period(form: Input) -> tuple[datetime, datetime, dict[str, Any]]:
    """From the first day's midnight to the last day's, in the reader's zone; thirty days without a choice."""
    here = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    days = form.integer("days", least=1, most=channel_figures.MOST.days) or 30
    first, last = form.day("since"), form.day("until")
    form.done()
    begin = (
        here.replace(year=first.year, month=first.month, day=first.day)
        if first
        else here - timedelta(days=days - 1)
    )
    end = here.replace(year=last.year, month=last.month, day=last.day) if last else here
    if end < begin:
        form.fail("until", _("The last day lies before the first."))
    if end - begin >= channel_figures.MOST:
        form.fail("since", _("At most 92 days at once."))
    form.done()
    asked = {"since": begin.date().isoformat(), "until": end.date().isoformat()}
    return begin, end + timedelta(days=1), asked


@require_safe
@needs(permissions.SUPERVISE)
def statistics(request: HttpRequest) -> HttpResponse:
    since, until, asked = _period(Input(request, query=True))
    rows = channel_figures.rows(actor_of(request), since, until)
    opened, alone = sum(row.opened for row in rows), sum(row.self_service for row in rows)
    readers = knowledge.helped_readers(since.date(), (until - timedelta(days=1)).date())
    own = {code: figures.of(code, since, until) for code in figures.measured()}
    context = {
        "rows": rows,
        "own": {code: found for code, found in own.items() if found},
        "share": channel_figures.self_service_share(opened, alone, readers),
        "readers": readers,
        "readers_list": f"{reverse('knowledge:helped')}?{urlencode(asked)}",
        "opened": opened,
        "asked": asked,
        "link": _link(asked),
        "label": labels.channel_label,
        "periods": [(days, f"{reverse('cases:channel-statistics')}?days={days}") for days in PERIODS],
    }
    return page(request, "cases/team/channels.html", "figures", context)


def _link(asked: dict[str, Any]) -> Any:
    """`link(measure, channel)`: the list behind a figure."""
    base = reverse("cases:channel-cases")
    return lambda measure, channel="": (
        f"{base}?{urlencode({**asked, 'measure': measure, 'channel': channel})}"
    )


@require_safe
@needs(permissions.SUPERVISE)
def counted(request: HttpRequest) -> HttpResponse:
    form = Input(request, query=True)
    channel = form.choice("channel", labels.CHANNELS)
    measure = form.choice("measure", MEASURES, default="opened")
    cursor = form.text("cursor", limit=400)
    since, until, asked = _period(form)
    found = paginate(
        channel_figures.counted(actor_of(request), channel, measure, since, until),
        order=("-opened_at", "-id"),
        cursor=cursor or None,
        limit=50,
    )
    address = _link(asked)(measure, channel)
    context = {
        "cases": found.items,
        "title": MEASURES[measure],
        "channel": labels.channel_label(channel) if channel else _("All channels"),
        "asked": asked,
        "tones": labels.STATE_TONES,
        "back": f"{reverse('cases:channel-statistics')}?{urlencode(asked)}",
        "next_url": f"{address}&{urlencode({'cursor': found.next_cursor})}" if found.next_cursor else None,
        "previous_url": f"{address}&{urlencode({'cursor': found.previous_cursor})}"
        if found.previous_cursor
        else None,
    }
    return page(request, "cases/team/channel_cases.html", "list", context)
