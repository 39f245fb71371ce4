"""Settings: the escalation ladder."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwen.cases import permissions
from shouwen.cases.queries import labels
from shouwen.cases.queries import ladder as reads
from shouwen.cases.rules import ladder as rules
from shouwen.cases.services.ladder import save_ladder
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render
from shouwen.platform.web.pages import form_page

PAGE = "cases/settings/ladder.html"
NAMED = 3  # people named on a level


def _context(request: HttpRequest) -> dict[str, Any]:
    row = reads.row()
    return {
        "row": row,
        "plan": reads.as_ladder(row) if row else reads.USUAL,
        "triggers": [(code, labels.trigger_label(code)) for code in rules.BY_ITSELF],
        "levels": [
            (str(level), _("to level %(level)s at least") % {"level": level}) for level in rules.LEVELS
        ],
        "numbers": rules.LEVELS,
        "places": range(NAMED),
        "people": [(one.id, one.name) for one in people.active_staff().filter(provider=None)],
    }


def _given(form: Input) -> rules.Ladder:
    found = {}
    for code in rules.BY_ITSELF:
        usual = rules.USUAL[code]
        found[code] = rules.Rule(
            form.flag(f"on_{code}"),
            form.integer(f"to_{code}") or 0,
            _or(form.integer(f"number_{code}"), usual.number) if code == rules.REPEATED else usual.number,
            _or(form.integer(f"hours_{code}"), usual.hours) if code == rules.REPEATED else usual.hours,
        )
    steps = []
    for level in rules.LEVELS:
        named = [form.ident(f"people_{level}_{place}") for place in range(NAMED)]
        people_ids = tuple(dict.fromkeys(pk for pk in named if pk))
        steps.append(rules.Step(people_ids, form.integer(f"minutes_{level}") or 0))
    return rules.Ladder(found, tuple(steps), form.flag("service_hours"))


def _or(value: int | None, usual: int) -> int:
    return usual if value is None else value


@require_http_methods(["GET", "POST"])
@needs(permissions.CONFIGURE)
@form_page(PAGE, _context, refused=True)
def ladder(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, PAGE, _context(request))
    form = Input(request)
    given = _given(form)
    form.done()
    save_ladder(plan=given, at=now(), by=actor_of(request))
    return done(request, reverse("cases:ladder"), _("Saved. It holds from the next contact on."))
