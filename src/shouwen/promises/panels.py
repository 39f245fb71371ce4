"""What promises hang on others' pages: a customer's promises, a person's keeping rate, what is overdue."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel
from shouwen.promises import policies, queries

RATE_DAYS = 90
PERCEIVED_DAYS = 365
ROWS = 8


@panel("customer.main", order=30)
def promises_to_this_customer(customer: Any, actor: Actor) -> str | None:
    rows = queries.shown(queries.for_customer([customer.pk], actor, limit=ROWS), actor, now())
    return render_text("promises/panels/customer.html", _lines(rows)) if rows else None


@panel("case.sidebar", order=5)
def what_this_service_covers(case: Any, actor: Actor) -> str | None:
    """The service item of the case: what to say before it begins, and what is covered for the asset. It asks the
    database nothing: item and asset come with the case, the rules from memory."""
    item = case.service_item
    if item is None:
        return None
    told = case.fields.get("expectation_notice") or {}
    sent = told.get("at") if told.get("item") == item.pk else None
    shown = {
        "item": item,
        "notice": queries.notice_of(item, case.customer.language),
        "sends": item.sends_notice and item.active,
        "sent_at": datetime.fromisoformat(sent) if sent else None,
        "found": queries.coverage_of(item.pk, case.asset, timezone.localdate(now())),
        "asset_id": case.asset_id,
    }
    return render_text("promises/panels/service.html", shown)


@panel("customer.main", order=35)
def what_this_customer_perceived(customer: Any, actor: Actor) -> str | None:
    wanted = queries.Wanted(now() - timedelta(days=PERCEIVED_DAYS), customer_id=customer.pk)
    gaps = queries.by_dimension(actor, wanted)
    if not gaps:
        return None
    return render_text(
        "promises/panels/perceived.html", {"gaps": gaps, "customer": customer, "days": PERCEIVED_DAYS}
    )


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
