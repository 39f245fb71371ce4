"""Each customer says for themselves whether it works again. "Still not" opens the incident again, and that case."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases import services as case_services
from shouwen.channels import queries as channels
from shouwen.incidents import policies, queries
from shouwen.incidents.events import CustomerAnswered
from shouwen.incidents.models import Link
from shouwen.incidents.rules import states
from shouwen.incidents.rules.answers import NOT_WORKING, WORKING, answer_of
from shouwen.incidents.services.recording import announce
from shouwen.incidents.services.reopening import reopen
from shouwen.kernel.errors import Refused
from shouwen.platform.access import SYSTEM, Actor, customer_actor, require


@transaction.atomic
def answer(*, incident_id: int, case_id: int, working: bool, word: str = "", at: datetime, by: Actor) -> Link:
    """A colleague asked on the phone and writes down what the customer said."""
    require(by, policies.LINK)
    incident = queries.get(incident_id, by)
    case = cases.locked(case_id, by)
    link = queries.locked_link(queries.link_of(incident.pk, case_id).pk)
    if link.asked_at is None:
        raise Refused(_("This customer has not been asked yet."))
    if link.answer == (WORKING if working else NOT_WORKING):
        return link
    if case.state == "resolved":
        case_services.answer_confirmation(case_id=case_id, solved=working, word=word, at=at, by=by)
    elif case.is_closed and not working:
        case_services.reopen(case_id=case_id, reason=word or str(_("Still not working")), at=at, by=by)
    _write(link, working, word, at, by)
    return link


@transaction.atomic
def hear_answer(*, case_id: int, working: bool, word: str, at: datetime) -> None:
    """The customer answered on their own page, or to whom they spoke: the case says so already."""
    for found in queries.links_of_case(case_id):
        link = queries.locked_link(found.pk)
        said = WORKING if working else NOT_WORKING
        if link.asked_at is not None and link.answer != said:
            _write(link, working, word, at, SYSTEM)


@transaction.atomic
def hear_words(*, case_id: int, at: datetime) -> None:
    """The customer of a case that was asked wrote something: read whether it works again for them."""
    for found in queries.links_of_case(case_id):
        link = queries.locked_link(found.pk)
        if link.asked_at is None or link.answer == NOT_WORKING:
            continue
        message = channels.latest_inbound(("case", case_id))
        if message is None or message.at < link.asked_at:
            continue
        said = answer_of(message.text)
        if not said or said == link.answer:
            continue
        if said == WORKING:
            _confirm(link, message.text, at)
        _write(link, said == WORKING, message.text[:200], at, SYSTEM)


def _confirm(link: Link, word: str, at: datetime) -> None:
    """ "It works" by mail is the customer's own confirmation."""
    case = cases.locked(link.case_id)
    customer = customer_actor(case.customer_id, case.customer.name)
    if case.active and case.owner_id is not None:
        # their words have opened the case again, as any words do
        case_services.resolve_asked(
            case_id=case.pk, summary=link.incident.title, message_id=None, owner=SYSTEM, at=at, by=SYSTEM
        )
        case = cases.locked(link.case_id)
    if case.state == "resolved":
        case_services.answer_confirmation(case_id=case.pk, solved=True, word=word[:2000], at=at, by=customer)


def _write(link: Link, working: bool, word: str, at: datetime, by: Actor) -> None:
    link.answer, link.answered_at = (WORKING if working else NOT_WORKING), at
    link.save(update_fields=["answer", "answered_at"])
    incident = link.incident
    fact = CustomerAnswered(incident.pk, link.case_id, working)
    announce(incident, fact, by=by, at=at, more=[("case", link.case_id)])
    restored_here = link.area.restored_at is not None
    if not working and states.may_reopen(incident.state, restored_here):
        reason = word or str(_("A customer says: still not working."))
        reopen(incident_id=incident.pk, reason=reason, case_id=link.case_id, area=link.area, at=at, by=by)
