"""What waits for me, in sentences; reading one leads to its case."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shouwen.cases import permissions, queries
from shouwen.cases.queries import noticing
from shouwen.cases.services.noticing import read_notices
from shouwen.platform.access import actor_of, now, staff_only
from shouwen.platform.web import Input, done, page


@require_safe
@staff_only
def notices(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Input(request, query=True)
    cursor = form.text("cursor", limit=400)
    form.done()
    found = queries.notices(actor, cursor=cursor or None)
    base = reverse("cases:notices")
    context = {
        "notices": [noticing.shown(notice) for notice in found.items],
        "opens_cases": actor.can(permissions.SEE),  # a provider's news are about tasks
        "unread": queries.unread_notices(actor).number,
        "previous_url": f"{base}?cursor={found.previous_cursor}" if found.previous_cursor else None,
        "next_url": f"{base}?cursor={found.next_cursor}" if found.next_cursor else None,
        "live": f"user:{actor.user_id}",
        "address": request.get_full_path(),
    }
    return page(request, "cases/team/notices.html", "list", context)


@require_POST
@staff_only
def reading(request: HttpRequest) -> HttpResponse:
    """One (`notice`) or all of one's own; then on to `next`."""
    form, actor = Input(request), actor_of(request)
    notice_id = form.ident("notice")
    form.done()
    read_notices(user_id=actor.user_id or 0, notice_id=notice_id, at=now())
    return done(request, reverse("cases:notices"))
