"""The inbox: views, list, counts, saved views."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.cases import permissions, queries, services
from shouwen.cases.rules.asking import LONGEST
from shouwen.cases.web.workbench.listing import FILTERS, asked, listing
from shouwen.platform.access import Actor, actor_of, needs, now
from shouwen.platform.web import Input, done, render, render_part

WORKBENCH = "cases/workbench.html"


@require_GET
@needs(permissions.SEE)
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, WORKBENCH, {**listing(request, actor_of(request), now()), "page": None})


@require_GET
@needs(permissions.SEE)
def rows(request: HttpRequest) -> HttpResponse:
    """The list as a part: all of it, or only its next rows."""
    block = "items" if request.GET.get("cursor") else request.GET.get("part", "list")
    known = block if block in {"items", "list", "rows"} else "list"
    return render_part(request, WORKBENCH, known, listing(request, actor_of(request), now()))


@require_GET
@needs(permissions.SEE)
def counts(request: HttpRequest) -> HttpResponse:
    """How many there are in each view, and one's saved views."""
    actor, at = actor_of(request), now()
    _view, _chosen, params = asked(request, actor)
    known = {
        "views": tuple(queries.VIEWS.values()),
        "params": params,
        "counts": queries.counts(actor, at),
        "saved": [_saved(view, params, actor, at) for view in queries.saved_views(actor)],
        "most": queries.MOST,
    }
    return render_part(request, WORKBENCH, "views", known)


def _saved(view: Any, params: dict[str, str], actor: Actor, at: datetime) -> dict[str, Any]:
    kept = {name: str(value) for name, value in view.query.items() if name in {"view", *FILTERS}}
    return {
        "pk": view.pk,
        "name": view.name,
        "params": kept,
        "current": kept == dict(params),
        "mine": view.staff_id == actor.user_id,
        "count": queries.saved_count(kept, actor, at),
    }


@require_POST
@needs(permissions.SEE)
def views(request: HttpRequest) -> HttpResponse:
    """Keep the present question under a name."""
    form = Input(request)
    name = form.text("name", limit=60, required=True)
    form.done()
    kept = {key: request.POST[key][:LONGEST] for key in ("view", *FILTERS) if request.POST.get(key)}
    services.save_view(name=name, query=kept, shared=form.flag("shared"), at=now(), by=actor_of(request))
    return done(request, reverse("cases:inbox"), _("The view is kept on the left."))


@require_POST
@needs(permissions.SEE)
def view_remove(request: HttpRequest, pk: int) -> HttpResponse:
    services.remove_view(view_id=pk, at=now(), by=actor_of(request))
    return done(request, reverse("cases:inbox"), _("The view is gone."))
