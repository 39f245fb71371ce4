"""What complaints hang on others' pages: the path on the case, what was granted on the customer."""

from typing import Any

from shouwen.complaints import policies, queries
from shouwen.complaints.queries import abuse, case_panel, threats
from shouwen.kernel.references import reference
from shouwen.platform.access import Actor, now
from shouwen.platform.web.pages import render_text
from shouwen.platform.windows import panel


@panel("case.sidebar", order=5)
def the_complaint_on_its_way(case: Any, actor: Actor) -> str | None:
    """Only beside a case of this kind: every other page is spared the question."""
    if case.kind != "complaint" or not actor.can(policies.SEE):
        return None
    shown = case_panel.of(case, actor, now())
    return render_text("complaints/panel.html", {"shown": shown}) if shown else None


@panel("case.sidebar", order=60)
def who_can_decide_now(case: Any, actor: Actor) -> str | None:
    """Asked for once the page stands: the page itself is not one question longer."""
    if case.kind == "complaint" or not case.active or not actor.can(policies.WORK):
        return None
    return render_text("complaints/authority_panel.html", {"ref": case.reference, "case_id": case.pk})


@panel("customer.main", order=35)
def complaints_of_this_customer(customer: Any, actor: Actor) -> str | None:
    if not actor.can(policies.SEE):
        return None
    rows = case_panel.of_customer(customer.pk, actor)
    return (
        render_text("complaints/customer.html", {"rows": rows, "tones": queries.STATE_TONES})
        if rows
        else None
    )


@panel("case.banners", order=1)
def threats_beside_this_case(case: Any, actor: Actor) -> str | None:
    """What has not ended, for everybody on the page: whoever goes there next must know. One question."""
    if not actor.is_staff:
        return None
    rows = threats.beside(case, actor)
    return render_text("complaints/threats/beside.html", {"rows": rows}) if rows else None


@panel("case.escalation", order=10)
def a_sign_of_a_threat_proposes_the_register(escalation: Any, actor: Actor) -> str | None:
    """A proposal and no more: whether it is a threat, a person says."""
    if escalation.trigger != "threat" or not actor.is_staff:
        return None
    known = {"ref": reference(escalation.case_id), "escalation": escalation.pk}
    return render_text("complaints/threats/proposal.html", known)


@panel("case.menu", order=10)
def register_a_threat_or_warn(case: Any, actor: Actor) -> str | None:
    if not actor.is_staff:
        return None
    return render_text("complaints/threats/menu.html", {"ref": case.reference, "actor": actor})


@panel("customer.main", order=36)
def notices_and_warnings_of_this_customer(customer: Any, actor: Actor) -> str | None:
    if not actor.can(policies.SEE):
        return None
    rows = abuse.of_customer(customer.pk, 5)
    at = now()
    known = {"rows": [(one, one.stands(at)) for one in rows], "tones": abuse.TONES}
    return render_text("complaints/abuse/customer.html", known) if rows else None
