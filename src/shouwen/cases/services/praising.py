"""A customer praises who helped them: a case of that kind of its own, beside the one it is about."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.models import Case, CaseLink
from shouwen.cases.rules import states
from shouwen.cases.services.noticing import notify_all
from shouwen.cases.services.opening import open_case
from shouwen.cases.services.requesting import WEB
from shouwen.kernel.errors import Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure

KIND = "praise"
TWICE = timedelta(minutes=10)
MOST = 5  # of one case; more is a machine or a joke


@transaction.atomic
def praise(*, case_id: int, text: str, at: datetime, by: Actor) -> Case:
    """Open a praise about a case. The same words again within minutes are a second click."""
    case = queries.locked(case_id)
    ensure(policies.may_confirm, by, case)
    text = states.text(text, "praise", least=1, most=2000, sentence=_("Write a word of praise."))
    kind = queries.kinds().get(KIND)
    if kind is None or not kind.active:
        raise Refused(_("Praise is not taken down at the moment. Write it as a message instead."))
    earlier = list(Case.objects.filter(kind=KIND, links__other=case).order_by("-id")[: MOST + 1])
    same = next((one for one in earlier if one.last_words == text[:200] and at - one.opened_at < TWICE), None)
    if same is not None:
        return same
    if len(earlier) >= MOST:
        raise Refused(_("You have praised us for this several times already. Thank you!"))
    with translation.override("zh-hans"):  # for us to read
        subject = say("Praise for %(name)s") % {
            "name": people.name_of(case.owner_id) if case.owner_id else "–"
        }
    made = open_case(
        subject=subject,
        text=text,
        kind=KIND,
        channel=WEB,
        customer=case.customer,
        team_id=case.team_id,
        at=at,
        by=by,
    )
    CaseLink.objects.create(case=made, other=case, sort="related", made_at=at)
    _tell(made, case, text, at)
    return made


def _tell(made: Case, case: Case, text: str, at: datetime) -> None:
    """Whoever is praised hears of it, and who leads them."""
    heard = [case.owner_id] if case.owner_id else []
    heard += [person.id for person in people.supervisors_of(case.team_id)] if case.team_id else []
    params = {"name": people.name_of(case.owner_id) if case.owner_id else "–", "text": text[:200]}
    notify_all(user_ids=heard, kind="praised", case=made, at=at, cause_key=f"praise:{made.pk}", params=params)
