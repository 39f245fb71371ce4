"""What promises hang on others' pages: a customer's promises, a person's keeping rate, what is overdue."""

from datetime import timedelta
from typing import Any

from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel
from shouwen.promises import policies, queries

RATE_DAYS = 90
ROWS = 8


@panel("customer.main", order=30)
def promises_to_this_customer(customer: Any, actor: Actor) -> str | None:
    rows = queries.shown(queries.for_customer([customer.pk], actor, limit=ROWS), actor, now())
    return render_text("promises/panels/customer.html", _lines(rows)) if rows else None


@panel("staff.page", order=30)
def how_this_person_keeps_promises(staff: Any, actor: Actor) -> str | None:
    if not (actor.can(policies.SEE_ALL) or staff.pk == actor.user_id):
        return None
    rate = queries.keep_rate_of(staff.pk, now() - timedelta(days=RATE_DAYS), actor)
    if not rate.kept.n:
        return None
    whose = "all" if actor.can(policies.SEE_ALL) else "mine"
    return render_text("promises/panels/staff.html", {"rate": rate, "days": RATE_DAYS, "whose": whose})


@panel("supervisor.page", order=20)
def promises_that_are_overdue(thing: object, actor: Actor) -> str | None:
    if not actor.can(policies.SEE):
        return None
    at = now()
    whose = "all" if actor.can(policies.SEE_ALL) else "team"
    overdue = queries.ledger(actor, queries.Filter(whose=whose, owed=True, due_before=at))
    rows = queries.shown(overdue.order_by("due_at", "id")[:ROWS], actor, at)
    return render_text("promises/panels/overdue.html", {**_lines(rows), "whose": whose}) if rows else None


@panel("team.settings", order=10)
def by_which_calendar_the_team_works(team: Any, actor: Actor) -> str | None:
    names = dict(queries.calendar_choices())
    shown = {"team": team, "name": names.get(str(team.calendar_id)), "may_change": actor.can("people.manage")}
    return render_text("promises/panels/team.html", shown)


def _lines(rows: list[queries.Shown]) -> dict[str, Any]:
    return {"rows": rows, "tones": queries.STATE_TONES}
