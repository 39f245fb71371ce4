"""The agent's page at the counter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.channels import policies, subjects
from shouwen.channels.models.counter import VisitState
from shouwen.channels.vendors.desk import queries, services, shown
from shouwen.channels.web import choices
from shouwen.people import queries as people
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.frame import live_topics
from shouwen.platform.live import token as live_token
from shouwen.platform.web import Input, done, page, paginate
from shouwen.platform.web.pages import form_page

HERE, PAGE = "channels:counter", "channels/desk/counter.html"


def _context(request: HttpRequest, **_visit: int) -> dict[str, Any]:
    actor, at = actor_of(request), now()
    counter = queries.counter_of(actor.user_id)
    if counter is None:
        places = queries.places()
        return {
            "counter": None,
            "places": [(str(p.pk), f"{p.hall.name} · {p.name}") for p in places if not p.staff_id],
        }
    hall, day = counter.hall, queries.today(counter.hall, at)
    visit = queries.visit_at(actor.user_id)
    callable_ids = set(queries.may_be_called(hall.pk, actor, day))
    rows = queries.waiting(hall.pk, day)
    names = people.names({one.wanted_staff_id for one in rows if one.wanted_staff_id})
    about = visit.subject if visit else None
    visitors = shown.visitors([*rows, *([visit] if visit else [])], actor)
    return {
        "counter": counter,
        "visit": visit,
        "about": (subjects.name(about), subjects.url(about)) if about else None,
        "visitor": visitors.get(visit.pk) if visit else None,
        "waiting": [
            (one, visitors[one.pk], names.get(one.wanted_staff_id or 0, ""), one.pk in callable_ids)
            for one in rows
        ],
        "can_call": len(callable_ids),
        "matters": [(str(one.pk), one.local_name) for one in queries.matters(hall.pk)],
        "colleagues": [
            (str(p.staff_id), f"{p.name} · {people.name_of(p.staff_id)}")
            for p in queries.counters(hall.pk)
            if p.staff_id and p.staff_id != actor.user_id
        ],
        "live_token": live_token(actor, [*live_topics(actor), hall.topic]),
    }


@require_safe
@needs(policies.SERVE)
def index(request: HttpRequest) -> HttpResponse:
    return page(request, PAGE, "desk", _context(request))


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def place(request: HttpRequest) -> HttpResponse:
    """Sit down at a counter; without one, stand up."""
    form = Input(request)
    counter_id = form.ident("counter")
    form.done()
    if counter_id is None:
        services.stand_up(at=now(), by=actor_of(request))
        return done(request, reverse(HERE), _("Your counter is closed."))
    services.sit_down(counter_id=counter_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("Your counter is open."))


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def following(request: HttpRequest) -> HttpResponse:
    visit = services.call_next(at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("%(number)s is called.") % {"number": visit.label})


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def call(request: HttpRequest, visit_id: int) -> HttpResponse:
    visit = services.call_again(visit_id=visit_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("%(number)s is called again.") % {"number": visit.label})


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def service(request: HttpRequest, visit_id: int) -> HttpResponse:
    services.begin(visit_id=visit_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE))


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def absence(request: HttpRequest, visit_id: int) -> HttpResponse:
    visit = services.did_not_come(visit_id=visit_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("%(number)s did not come.") % {"number": visit.label})


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def give_back(request: HttpRequest, visit_id: int) -> HttpResponse:
    services.give_back(visit_id=visit_id, at=now(), by=actor_of(request))
    return done(request, reverse(HERE), _("The next free colleague is offered this visitor."))


@require_POST
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def transfer(request: HttpRequest, visit_id: int) -> HttpResponse:
    form = Input(request)
    matter_id, staff_id = form.ident("matter"), form.ident("staff")
    note = form.text("note", limit=200)
    form.done()
    services.pass_on(
        visit_id=visit_id, matter_id=matter_id, staff_id=staff_id, note=note, at=now(), by=actor_of(request)
    )
    return done(request, reverse(HERE), _("Passed on; the place in the queue is kept."))


@require_http_methods(["POST"])
@needs(policies.SERVE)
@form_page(PAGE, _context, refused=True)
def end(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Finish. Without a case yet, the words typed here become one."""
    form, actor, at = Input(request), actor_of(request), now()
    said, name = form.text("said", limit=4000), form.text("name", limit=80)
    phone = form.text("phone", limit=40)
    form.done()
    about = services.take_down(visit_id=visit_id, said=said, name=name, phone=phone, at=at, by=actor)
    services.finish(visit_id=visit_id, at=at, by=actor)
    return done(request, reverse(HERE), _("Finished: %(case)s.") % {"case": subjects.name(about)})


@require_safe
@needs(policies.SERVE)
def visits(request: HttpRequest) -> HttpResponse:
    """The register of visits: what the figures count."""
    asked = Input(request, query=True)
    hall_id, day, state = asked.ident("hall"), asked.day("day"), asked.choice("state", VisitState.values)
    cursor = asked.text("cursor", limit=400)
    since, until, kept = choices.period(asked)
    asked.done()
    rows_of = queries.listed(hall_id, day, state, since=since, until=until)
    found = paginate(rows_of, order=("-taken_at", "-id"), cursor=cursor or None, limit=50)
    names = people.names({one.staff_id for one in found.items if one.staff_id})
    visitors = shown.visitors(found.items, actor_of(request))
    rows = [
        (
            one,
            visitors[one.pk],
            names.get(one.staff_id or 0, ""),
            (subjects.name(one.subject), subjects.url(one.subject)) if one.subject else None,
        )
        for one in found.items
    ]
    labels = {str(code): label for code, label in VisitState.choices}
    context = {
        "rows": rows,
        "kept": kept,
        "tabs": choices.tabs("channels:visits", "state", state, labels, labels),
        **choices.pages("channels:visits", "state", state, found.previous_cursor, found.next_cursor, **kept),
    }
    return page(request, "channels/desk/visits.html", "list", context)
