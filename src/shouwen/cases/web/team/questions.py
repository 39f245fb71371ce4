"""What customers ask again and again, for who writes the answers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.cases import permissions, queries
from shouwen.cases.queries import frequent
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import render


@require_GET
@needs("knowledge.write")
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    questions = queries.frequent_questions(actor, now()) if actor.can(permissions.SEE) else []
    return render(request, "cases/team/questions.html", {"questions": questions, "days": frequent.DAYS})
