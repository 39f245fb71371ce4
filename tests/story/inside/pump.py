"""A second department, the chief service manager, and a pump that nobody wants. Prints reference and customer page."""

import json

from shouwen.cases import links
from shouwen.cases import services as cases
from shouwen.customers import services as customers
from shouwen.people import queries as people_reads
from shouwen.people import services as people
from shouwen.platform.access import SYSTEM, customer_actor, now

PASSWORD = "long-pass-1234"
WHO = {"at": now(), "by": SYSTEM}


def opened() -> dict[str, str]:
    purchase = people.create_department(name="采购部", **WHO)
    service = next(one for one in people_reads.departments() if one.name == "客户服务部")
    for username, name, roles, department in (
        ("wu", "吴刚", ["back_office"], purchase),
        ("qian", "钱敏", ["chief"], service),
    ):
        given = {"username": username, "name": name, "email": f"{username}@shouwen.test"}
        staff = people.hire(**given, password=PASSWORD, roles=roles, department=department, **WHO)
        people.set_presence(staff_id=staff.pk, presence="on_duty", **WHO)
    who = customers.register(name="孙大河", contacts=[("email", "dahe@farm.test")], **WHO)
    case = cases.open_case(
        subject="新买的水泵不出水",
        text="问了销售说找售后，售后说找厂家。到底谁管？",
        channel="email",
        customer=who,
        message={"address": "dahe@farm.test"},
        at=now(),
        by=customer_actor(who.pk, who.name),
    )
    return {"ref": case.reference, "token": links.token(case.pk)}


if __name__ == "__main__":
    print(json.dumps(opened()))
