"""What a rule says: to colleagues as a notice and by mail, to the customer by a template."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.queries import labels
from shouwen.cases.services import answering
from shouwen.cases.services.automation import hours
from shouwen.cases.services.inserting import use_template
from shouwen.cases.services.noticing import notify
from shouwen.channels import services as channels
from shouwen.channels.vendors.email import private
from shouwen.kernel.errors import Refused
from shouwen.knowledge import queries as knowledge
from shouwen.people import queries as people
from shouwen.platform import preferences
from shouwen.platform.access import SYSTEM
from shouwen.platform.automation import Change, Deed
from shouwen.platform.jobs import enqueue

MAIL = "cases.mail_staff"
MOST_TOLD = 50


def _told(case: Case, whom: str) -> list[int]:
    """Owner, the team, its supervisors. Where there is no owner yet, the team's supervisors hear instead."""
    if whom == "owner" and case.owner_id is not None:
        return [case.owner_id]
    if case.team_id is None:
        return [person.id for person in people.with_role("supervisor")][:MOST_TOLD]
    if whom == "team":
        return [person.id for person in people.members(case.team_id)][:MOST_TOLD]
    return [person.id for person in people.supervisors_of(case.team_id)][:MOST_TOLD]


def tell_people(deed: Deed, given: Mapping[str, Any]) -> list[Change]:
    case = queries.locked(deed.case_id, deed.by)
    told = _told(case, given["whom"])
    if not told:
        raise Refused(_("There is nobody to tell."))
    text = queries.filled(case, given["text"], deed.by, deed.at)
    for user_id in told:
        params = {"name": deed.by.name, "text": text}
        notify(user_id=user_id, kind="rule", case=case, at=deed.at, cause_key=deed.key, params=params)
        if given.get("mail"):
            mail_later(case=case, user_id=user_id, text=text, key=deed.key, at=deed.at)
    whom = str(dict(labels.TOLD)[given["whom"]])
    return [Change(_("Told: %(whom)s") % {"whom": whom}, "", text)]


def mail_later(*, case: Case, user_id: int, text: str, key: str, at: datetime) -> None:
    """A reminder waits for service hours; what is urgent goes at once."""
    when = at if hours.is_emergency(case) else hours.next_open(case.team_id, at)
    args = {"case_id": case.pk, "user_id": user_id, "text": text, "key": key}
    enqueue(MAIL, args, at=when if when > at else None, key=f"{MAIL}:{key}:{user_id}"[:200])


def mail_staff(*, case_id: int, user_id: int, text: str, key: str, at: datetime) -> bool:
    """Hand one reminder to the mail server. Not any more when the case has ended meanwhile."""
    case, person = (
        queries.by_pk(case_id),
        people.active_staff().filter(pk=user_id).select_related("user").first(),
    )
    if (
        case is None
        or person is None
        or not person.user.email
        or not (case.active or case.state == "resolved")
    ):
        return False
    title = f"{case.reference} {case.subject_line}"
    return private.send(to=person.user.email, title=title, text=text, key=f"{key}:{user_id}", at=at)


def template_choices() -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in knowledge.find_templates(actor=SYSTEM, limit=200)]


def send_template(deed: Deed, given: Mapping[str, Any]) -> list[Change]:
    """As an automatic message on the way the customer came by last; a gap without a value keeps it from going."""
    case = queries.locked(deed.case_id, deed.by)
    to = answering.where_to(case)
    if not (to.address or to.live):
        raise Refused(_("The customer has no address on this channel."))
    signs = case.owner.name if case.owner else str(preferences.get("organisation.name"))
    speaker = replace(SYSTEM, name=signs)
    text = use_template(case=case, template_id=given["template"], at=deed.at, by=speaker)
    if queries.open_gaps(text):
        raise Refused(_("The template has gaps that this case can't fill."))
    channels.send(
        subject=case.subject,
        customer_id=case.customer_id,
        to=to.address,
        channel=to.channel,
        conversation_id=to.conversation_id,
        title=f"Re: {case.subject_line}",
        text=text,
        kind="rule",
        automatic=True,
        at=deed.at,
        by=deed.by,
    )
    return [Change(_("Sent to the customer"), "", text)]
