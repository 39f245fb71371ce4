"""It is night: service begins again in some days. A customer complains, a technician is on site, a lawyer is named for
such threats. Prints the reference of the complaint and whether it is out of hours."""

import json
from datetime import timedelta

from shouwen.cases import services as cases
from shouwen.complaints import services as complaints
from shouwen.complaints.queries import threats
from shouwen.customers import queries as customers
from shouwen.people import queries as people
from shouwen.people import services as staff
from shouwen.platform.access import SYSTEM, customer_actor, now
from shouwen.platform.accounts.models import User
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

PASSWORD = "long-pass-1234"
AT = now()
WHO = {"at": AT, "by": SYSTEM}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def out_of_hours() -> None:
    """Service on one day of the week only, and not on this one or the next."""
    day = DAYS[(AT.weekday() + 3) % 7]
    made = promises.create_calendar(
        name="夜间", definition={"zone": "Asia/Shanghai", "week": {day: [["09:00", "18:00"]]}}, **WHO
    )
    promises.change_calendar(calendar_id=made.pk, default=True, **WHO)


def someone(username: str, name: str, *roles: str) -> int:
    made = staff.hire(
        username=username,
        name=name,
        email=f"{username}@shouwen.test",
        password=PASSWORD,
        roles=roles,
        title=name,
        **WHO,
    )
    staff.set_presence(staff_id=made.pk, presence="on_duty", **WHO)
    return int(made.pk)


if __name__ == "__main__":
    out_of_hours()
    someone("fang", "方总", "chief")
    lawyer = someone("he", "何律师", "back_office")
    row = threats.setting_of("detention")
    lead = User.objects.get(username="zhao").pk
    complaints.set_threat(
        kind="detention", zh=row.zh, en=row.en, staff_ids=[lead, lawyer], minutes=row.minutes, **WHO
    )
    owner, team = User.objects.get(username="lin").pk, people.teams().get().pk
    who = customers.visible_to(SYSTEM).get(name="李建国")
    case = cases.open_case(
        subject="挖掘机修了三次还漏油，要求退维修费",
        text="修了三次还漏油，维修费三千要退给我。",
        kind="complaint",
        channel="phone",
        customer=who,
        owner_id=owner,
        team_id=team,
        **{"at": AT - timedelta(hours=2), "by": customer_actor(who.pk, who.name)},
    )
    complaints.open_for(case_id=case.pk, **WHO)
    closed = promise_reads.service_from(team, AT) > AT + timedelta(hours=12)
    print(json.dumps({"reference": case.reference, "night": closed, "case": case.pk}))
