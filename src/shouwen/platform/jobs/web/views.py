"""The dead-letter page: jobs that failed for good, with their error, to try again or put away."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.jobs import queries, registry, services
from shouwen.platform.web.pages import done, render
from shouwen.platform.web.paging import paginate


@require_GET
@needs("jobs.manage")
def failed(request: HttpRequest) -> HttpResponse:
    page = paginate(queries.dead(), cursor=request.GET.get("cursor"), limit=30)
    context = {
        "page": page,
        "waiting": queries.waiting(),
        "schedules": queries.schedules(),
        "label_of": registry.label_of,
    }
    return render(request, "jobs/failed.html", context)


@require_POST
@needs("jobs.manage")
def retry(request: HttpRequest, job_id: int) -> HttpResponse:
    services.retry(job_id=job_id, at=now(), by=actor_of(request))
    return done(request, reverse("jobs:failed"), _("It will be tried again now."))


@require_POST
@needs("jobs.manage")
def discard(request: HttpRequest, job_id: int) -> HttpResponse:
    services.discard(job_id=job_id, at=now(), by=actor_of(request))
    return done(request, reverse("jobs:failed"), _("Put away."))
