"""Staff, teams, one known customer with two machines: where the stories begin. Prints the ids as JSON."""

import json
from datetime import timedelta

from shouwen.cases import services as cases
from shouwen.cases.services import configuring
from shouwen.customers import services as customers
from shouwen.knowledge import services as knowledge
from shouwen.people import services as people
from shouwen.platform.access import SYSTEM, customer_actor, now
from shouwen.promises import queries as promise_reads
from shouwen.promises import services as promises

PASSWORD = "long-pass-1234"
AT = now()
WHO = {"at": AT, "by": SYSTEM}

# username, name, title, roles, department, in the team
STAFF = (
    ("lin", "林晓", "客服专员", ["agent"], "客户服务部", True),
    ("zhou", "周航", "客服专员", ["agent"], "客户服务部", True),
    ("sun", "孙悦", "客服专员", ["agent"], "客户服务部", True),
    ("zhao", "赵岚", "客服主管", ["supervisor"], "客户服务部", True),
    ("chen", "陈立", "结构工程师", ["back_office"], "技术部", False),
)


def furnish() -> dict[str, int]:
    """Round the clock is open, so that the story tells the same by night and on a Sunday."""
    for calendar in promise_reads.calendars():
        if calendar.name == "全天候":
            promises.change_calendar(calendar_id=calendar.pk, default=True, **WHO)
    departments = {name: people.create_department(name=name, **WHO) for name in ("客户服务部", "技术部")}
    team = people.create_team(name="客服一组", department=departments["客户服务部"], **WHO)
    known = {"team": team.pk}
    for username, name, title, roles, department, in_team in STAFF:
        staff = people.hire(
            username=username,
            name=name,
            email=f"{username}@shouwen.test",
            password=PASSWORD,
            roles=roles,
            title=title,
            department=departments[department],
            teams=[team] if in_team else [],
            authority_level=3,
            **WHO,
        )
        people.set_presence(staff_id=staff.pk, presence="on_duty", **WHO)
        known[username] = staff.pk
    people.set_lead(team_id=team.pk, staff_id=known["zhao"], lead=True, **WHO)
    configuring.save_rule(
        rule_id=None, name="网页表单归客服一组", active=True, channels=["web"], team_id=team.pk, **WHO
    )
    _article(known["zhao"])
    return {**known, **_customer(known["lin"], team.pk)}


def _article(owner: int) -> None:
    """One answer that customers may read."""
    made = knowledge.draft(
        title="割台异响先看哪里",
        body="先看 **拨禾轮轴承**，再看割刀间隙。\n\n- 停机、熄火\n- 用手转动拨禾轮，听声音",
        category="故障自查",
        audience="public",
        owner_id=owner,
        review_on=AT.date() + timedelta(days=200),
        **WHO,
    )
    knowledge.publish(article_id=made.pk, **WHO)


def _customer(owner: int, team: int) -> dict[str, int]:
    """A builder with one machine out of warranty and one in it, and a request that ended well last month."""
    customer = customers.register(
        name="李建国",
        contacts=[("email", "jianguo@gongdi.test"), ("phone", "13912345678")],
        tier="B",
        salutation="李经理",
        region="江苏南京",
        **WHO,
    )
    today = AT.date()
    digger = customers.add_asset(
        customer_id=customer.pk,
        name="挖掘机",
        model="XG-215",
        serial_number="XG215-0711",
        bought_on=today - timedelta(days=900),
        warranty_until=today - timedelta(days=170),
        **WHO,
    )
    customers.add_asset(
        customer_id=customer.pk,
        name="装载机",
        model="ZL-50",
        serial_number="ZL50-2208",
        bought_on=today - timedelta(days=200),
        warranty_until=today + timedelta(days=530),
        **WHO,
    )
    then, word = AT - timedelta(days=30), customer_actor(customer.pk, customer.name)
    earlier = cases.open_case(
        subject="装载机更换滤芯",
        text="滤芯要换了。",
        channel="phone",
        customer=customer,
        owner_id=owner,
        team_id=team,
        at=then,
        by=SYSTEM,
    )
    cases.resolve(case_id=earlier.pk, summary="已换滤芯。", at=then + timedelta(minutes=5), by=SYSTEM)
    cases.answer_confirmation(case_id=earlier.pk, solved=True, at=then + timedelta(minutes=9), by=word)
    return {"customer": customer.pk, "digger": digger.pk}


if __name__ == "__main__":
    print(json.dumps(furnish()))
