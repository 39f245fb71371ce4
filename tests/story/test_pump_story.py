"""The pump that used to be sent from desk to desk: the first asked owns it, departments help, and nobody passes it on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.story import customer, desk
from tests.story.company import NAMES, Company, Program
from tests.story.desk import card, head

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.slow]
SUBJECT = "新买的水泵不出水"
SUMMARY = "客户新买的水泵不出水，照片已收；客户已经问过两处。"
TASK = "判断水泵为什么不出水"


@pytest.fixture(scope="module")
def pump(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, dict[str, str]]]:
    """The company without a mail server: what is told waits in the outgoing queue."""
    with Company(tmp_path_factory.mktemp("pump") / "installation") as company:
        yield company, json.loads(company._inside("pump.py"))


def test_the_first_asked_owns_it_and_the_customer_sees_one_face(
    pump: tuple[Company, dict[str, str]], people_at: Any, moments: Any, accessible: Any
) -> None:
    company, known = pump
    she = company.signs_in(people_at(company.url), "lin")
    she.goto("/inbox/?view=all")
    assert desk.opens(she, SUBJECT) == known["ref"]
    she.get_by_role("button", name="认领").first.click()
    expect(she.get_by_text("由您负责，直到客户说已解决。")).to_be_visible()
    phone = people_at(company.url, **customer.PHONE)
    the_customer_sees_her(phone, known["token"])

    she_cannot_throw_it_over_the_wall(she, known["ref"])
    a_department_helps_and_says_it_is_not_theirs(company, she, people_at)
    the_departments_disagree_and_the_chief_rules(company, she, known["ref"], people_at, moments, accessible)
    the_department_delivers(company, people_at)
    she.goto(f"/cases/{known['ref']}/")
    expect(head(she).locator(".owner")).to_contain_text(NAMES["lin"])
    card(she, "tasks").get_by_role("link", name=TASK).first.click()
    she.get_by_role("checkbox", name="写明原因").check()
    she.get_by_role("button", name="通过", exact=True).click()
    expect(she.get_by_text("已通过。")).to_be_visible()
    she.goto(f"/cases/{known['ref']}/")
    desk.resolves(she, "叶轮装反，已上门调整，试水正常。")
    the_customer_sees_her(phone, known["token"])
    moments.in_every_way(phone, "pump-2-one-face", accessible)
    customer.says_solved(phone, "总算有人管了。", ("好", "很好", "很好", "好", "很好"))
    expect(head(she)).to_contain_text("客户已确认")


def the_customer_sees_her(phone: Any, token: str) -> None:
    """One name, and no department's."""
    customer.opens(phone, f"/r/{token}/")
    page = phone.get_by_role("main")
    expect(page).to_contain_text(NAMES["lin"])
    for other in ("技术部", "采购部", NAMES["zhou"], NAMES["chen"], "吴刚"):
        expect(page).not_to_contain_text(other)


def she_cannot_throw_it_over_the_wall(she: Any, reference: str) -> None:
    """Without the story told, the handoff is refused; and nobody owns it before they accept."""
    desk.chooses(she, "移交")
    form = she.get_by_role("dialog")
    people = form.get_by_label("移交给谁")
    people.select_option(people.locator("option", has_text=NAMES["zhou"]).get_attribute("value"))
    form.get_by_label("原因").fill("不归我管")
    form.get_by_label("情况说明").fill("你看看")
    form.get_by_role("button", name="请对方接受").click()
    expect(form.locator(".field-error").first).to_be_visible()
    she.goto(f"/cases/{reference}/")
    expect(head(she).locator(".owner")).to_contain_text(NAMES["lin"])


def a_department_helps_and_says_it_is_not_theirs(company: Company, she: Any, people_at: Any) -> None:
    desk.asks_for_help(she, "技术部", title=TASK, ask="照片见沟通记录。", standard="写明原因")
    expert = company.signs_in(people_at(company.url), "chen")
    expert.goto("/tasks/?view=offered")
    expert.get_by_role("link", name=TASK).click()
    expert.locator("#task-reject-card summary").click()
    expert.get_by_label("原因，以及谁能办理").fill("泵是采购部进的货，请找采购部。")
    expert.locator("#task-reject").get_by_role("button").click()
    expect(expert.locator("#task-reject")).to_have_count(0)
    expert.context.close()
    expect(head(she).locator(".owner")).to_contain_text(NAMES["lin"])


def the_departments_disagree_and_the_chief_rules(
    company: Company, she: Any, reference: str, people_at: Any, moments: Any, accessible: Any
) -> None:
    she.goto(f"/cases/{reference}/")
    desk.chooses(she, "请首席裁决")
    form = she.get_by_role("dialog")
    form.locator("[name=one]").select_option(label="技术部")
    form.locator("[name=other]").select_option(label="采购部")
    form.get_by_label("关于哪个协办任务").select_option(index=1)
    form.get_by_label("争议的是什么？").fill("水泵不出水，由谁查原因？")
    form.get_by_role("button", name="请首席裁决").click()
    expect(form).to_have_count(0)
    chief = company.signs_in(people_at(company.url), "qian")
    chief.goto("/disputes/")
    moments.in_every_way(chief, "pump-1-dispute", accessible)
    chief.get_by_role("link", name="作出裁决").click()
    form = chief.get_by_role("dialog")
    form.get_by_role("radio", name="技术部").check()
    form.get_by_label("裁决与理由").fill("先查原因，技术部有检测台；采购部随后与厂家交涉。")
    form.get_by_role("button", name="作出裁决").click()
    expect(chief.get_by_role("link", name="作出裁决")).to_have_count(0)
    chief.context.close()


def the_department_delivers(company: Company, people_at: Any) -> None:
    """What was ruled is theirs: there is no way to send it back any more."""
    expert = company.signs_in(people_at(company.url), "chen")
    expert.goto("/tasks/?view=offered")
    expert.get_by_role("main").get_by_role("link", name=TASK).first.click()
    expect(expert.locator("#task-reject")).to_have_count(0)
    expert.get_by_role("button", name="接受").first.click()
    expert.get_by_label("处理结果").fill("写明原因：叶轮装反。")
    expert.get_by_role("button", name="交付", exact=True).click()
    expect(expert.get_by_text("已交付，等待请求人检查。")).to_be_visible()
    expert.context.close()


def test_passing_it_back_and_forth_ends_at_the_supervisor(
    pump: tuple[Company, dict[str, str]], people_at: Any
) -> None:
    """Each handoff needs a summary and the other's yes; the third escalates by itself."""
    company, _known = pump
    people = {name: Program(company, name) for name in ("lin", "zhou")}
    reference = people["lin"].opens("水泵漏水", name="周大娘", email="daniang@farm.test")
    cold = people["lin"].asks("POST", f"/cases/{reference}/handoffs", to=company.ids["zhou"], reason="x")
    assert (cold.status_code, "summary" in cold.text) == (422, True)
    for giver, taker in (("lin", "zhou"), ("zhou", "lin"), ("lin", "zhou")):
        before = people[giver].asks("GET", f"/cases/{reference}").json()
        assert before["escalation_level"] == 0
        given = {"to": company.ids[taker], "reason": "专业不符", "summary": SUMMARY}
        made = people[giver].asks("POST", f"/cases/{reference}/handoffs", **given)
        assert made.status_code == 201, made.text
        address = f"/cases/{reference}/handoffs/{made.json()['id']}/acceptance"
        forced = people[giver].asks("POST", address, accepted=True)
        assert forced.status_code in {403, 409}, "nobody accepts for another"
        assert people[taker].asks("POST", address, accepted=True).status_code == 200
    lead = company.signs_in(people_at(company.url), "zhao")
    lead.goto(f"/cases/{reference}/")
    expect(head(lead)).to_contain_text("升级 1 级")
    expect(lead.locator("#case-banners")).to_contain_text("移交")
