"""A disputed invoice in a real browser: facts, nature, options, approval by who may, recovery; nobody leaves the path."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORD = "long-pass-1234"
MAKE = """
import django
django.setup()
from datetime import date
from shouwen.cases import services as cases
from shouwen.complaints import services
from shouwen.customers import services as customers
from shouwen.platform.access import SYSTEM, now, customer_actor
from shouwen.platform.accounts.models import User
at = now()
who = customers.register(name="青石建材", contacts=[("phone", "13800001111")], at=at, by=SYSTEM)
agent = User.objects.get(username="lin")
case = cases.open_case(subject="发票多收七百元", text="报价八千六，发票开了九千三。", kind="complaint",
    channel="phone", customer=who, owner_id=agent.pk, at=at, by=customer_actor(who.pk, who.name))
services.open_for(case_id=case.pk, at=at, by=SYSTEM)
services.save_basis(sort="contract", title="报价即为结算上限", source="服务合同", text="结算不得高于报价。",
    valid_from=date(2020, 1, 1), at=at, by=SYSTEM)
print(case.reference)
"""


def signed_in(people_at: Any, shouwen: Any, name: str) -> Any:
    page = people_at(shouwen.url)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(WORD)
    page.get_by_role("button", name="登录").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def submit(page: Any) -> None:
    with page.expect_navigation():
        page.locator("[data-testid=deed] button.btn-primary").click()
    expect(page.locator("[data-testid=deed]")).to_have_count(0)


def fill(page: Any, address: str, **values: str) -> None:
    """One form of the complaint, as a person fills it: radios and boxes by their value, the rest by typing."""
    page.goto(address)
    for name, value in values.items():
        box = page.locator(f"[name={name}]")
        kind = box.first.get_attribute("type") or ""
        if kind in {"radio", "checkbox"}:
            page.locator(f"[name={name}][value='{value}']").check(force=True)
        elif box.first.evaluate("node => node.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    submit(page)


def test_a_disputed_invoice_goes_its_way(people_at: Any, fresh_shouwen: Any, accessible: Any) -> None:
    for name, shown, role in (("lin", "林悦", "agent"), ("boss", "沈涛", "supervisor")):
        made = fresh_shouwen.command("user", "add", name, "--name", shown, "--role", role, "--password", WORD)
        assert made.returncode == 0, made.stderr
    ref = fresh_shouwen.python(MAKE).strip().splitlines()[-1]
    she = signed_in(people_at, fresh_shouwen, "lin")
    at = f"/complaints/{ref}/"

    def passes(stage: str) -> None:
        she.goto(at)
        she.get_by_role("button", name="通过此阶段").click()
        expect(she.locator(".stage[aria-current=step]")).to_contain_text(stage)

    she.goto(at)
    expect(she.get_by_text("以上记录齐全后即可通过。")).to_be_visible()
    fill(she, f"{at}receipt/", remedy_sought="退还七百元并重开发票", wanted_amount="700")
    passes("已告知收悉")
    fill(she, f"{at}acknowledgement/", how="电话")
    fill(she, f"{at}assessment/", severity="2", complexity="1", impact="1")
    passes("事实与证据")
    she.goto(f"{at}investigator/")
    she.get_by_label("由谁调查").select_option(index=0)
    she.locator("[name=interest][value=no]").check(force=True)
    submit(she)
    fill(she, f"{at}accounts/", party="customer", text="报价单写八千六，发票九千三。")
    fill(she, f"{at}accounts/", party="ours", text="运费重复计了一次。")
    fill(she, f"{at}evidence/", sort="document", title="报价单", shows="含运费 8600 元")
    fill(she, f"{at}customers-answer/", word="是这样。")
    passes("定性")
    she.goto(f"{at}nature/")
    for name, value in (("validity", "valid"), ("demand", "reasonable"), ("liability", "ours")):
        she.locator(f"[name={name}][value={value}]").check(force=True)
        she.locator(f"[name=basis_{name}]").first.check(force=True)
    she.locator("[name=reasons]").fill("运费重复计入。")
    submit(she)
    passes("解释")
    she.goto(f"{at}explanation/")
    expect(she.locator("[name=text]")).to_have_value(re.compile("运费重复计入"))
    she.locator("[name=how][value=phone]").check(force=True)
    submit(she)
    passes("提出方案")
    fill(she, f"{at}options/", remedy="refund", title="退七百元", amount="700", gain="钱退回")
    passes("达成一致")
    accessible(she)
    she.locator("form[action$='/choice/'] button").click()
    expect(she.get_by_text("沈涛").first).to_be_visible()  # who can decide now
    assert she.locator("form[action$='/grant/']").count() == 0  # beyond her own authority
    she.locator("form[action$='/approval/'] button").click()
    boss = signed_in(people_at, fresh_shouwen, "boss")
    boss.goto("/complaints/approvals/")
    boss.locator("form[action$='/yes/'] button").click()
    expect(boss.locator("form[action$='/yes/'] button")).to_have_count(0)
    passes("执行")
    fill(she, f"{at}performance/", note="已退款", settled_ref="V-1")
    passes("客户确认")
    fill(she, f"{at}recovery/", text="主管致电道歉", follow_up_at="2099-03-01T10:00")
    fill(she, f"{at}customers-word/", confirmed="yes")
    passes("复盘")
    expect(she.locator("#recovery")).to_contain_text("主管致电道歉")
