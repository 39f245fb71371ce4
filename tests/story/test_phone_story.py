"""The main job by phone: who is asked owns it from the first sentence, and everything is said by word of mouth."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.story import desk
from tests.story.company import NAMES, Company
from tests.story.desk import card, head, timeline

pytestmark = [pytest.mark.browser, pytest.mark.mailserver, pytest.mark.story, pytest.mark.slow]

NUMBER, CALLER = "13877776666", "陈国富"
SAID = "压路机昨晚起打不着火，今天工地停工，马上派人来！"
CALL_BACK = "30分钟内给您回电"
HER = NAMES["lin"]


def test_from_the_call_to_the_callers_own_solved(
    company: Company, people_at: Any, moments: Any, accessible: Any
) -> None:
    she = company.signs_in(people_at(company.url), "lin")
    a_known_caller_is_recognised_by_number(she)
    made_at = datetime.now(UTC)
    reference = a_new_caller_is_registered_in_one_page(she, moments, accessible)
    the_technical_department_helps(company, people_at, she, reference)
    she_renegotiates_and_says_so_on_the_phone(company, she, reference, made_at)
    another_promise_breaks(company, people_at, she, reference)
    the_caller_hears_from_her_who_answers_now(company, people_at, she, reference)
    she_writes_down_what_the_caller_says(company, she, reference, moments)


def a_known_caller_is_recognised_by_number(she: Any) -> None:
    she.goto("/inbox/")
    she.get_by_role("link", name="新登记").click()
    she.get_by_role("link", name=re.compile(r"^电话\s*1")).click()
    she.get_by_label("号码、姓名或邮箱").press_sequentially("13912345678")
    caller = she.locator("#caller")
    expect(caller).to_contain_text("李建国")
    expect(caller.get_by_role("option", name=re.compile("装载机.*保修至"))).to_be_attached()
    expect(caller.get_by_role("link", name="装载机更换滤芯")).to_be_visible()


def a_new_caller_is_registered_in_one_page(she: Any, moments: Any, accessible: Any) -> str:
    she.goto("/register/?channel=phone")
    she.get_by_label("号码、姓名或邮箱").press_sequentially(NUMBER)
    she.get_by_label("客户姓名").fill(CALLER)
    expect(she.locator("#caller").get_by_label("电话")).to_have_value(NUMBER)
    she.get_by_label("沟通内容").fill(SAID)
    she.get_by_label("用我们的话复述").fill("压路机昨晚起无法启动，工地停工，希望今天有人到场。")
    she.get_by_label("客户当场确认").check()
    she.get_by_label("期望", exact=True).fill("今天免费换新起动机。")
    she.get_by_role("radio", name="过高").check()
    she.get_by_label("如何引导").fill("说明起动机保修一年，已过期；先到场诊断，配件费另计。")
    she.get_by_label("承诺什么、何时兑现").press_sequentially(CALL_BACK)
    expect(she.locator("#promise-found")).to_contain_text(f"取自“{CALL_BACK}”")
    accessible(she)
    moments.take_all(she, "phone-1-register")
    she.get_by_role("button", name="保存，我负责").first.click()
    expect(she.get_by_text("由您负责")).to_be_visible()

    expect(head(she)).to_contain_text(HER)
    expect(head(she)).to_contain_text("报修")
    expect(timeline(she)).to_contain_text(SAID)
    expect(card(she, "customer")).to_contain_text(CALLER)
    expect(card(she, "understanding")).to_contain_text("客户已认同")
    expect(card(she, "expectation")).to_contain_text("过高")
    expect(desk.owed(she, CALL_BACK)).to_contain_text(HER)
    return str(she.locator(".case-ref").inner_text())


def the_technical_department_helps(company: Company, people_at: Any, she: Any, reference: str) -> None:
    title = "判断压路机无法启动的原因"
    desk.asks_for_help(
        she, "技术部", title=title, ask="昨晚起打不着火，请给出排查步骤。", standard="写明排查步骤"
    )
    expert = company.signs_in(people_at(company.url), "chen")
    expert.goto("/tasks/?view=offered")
    expert.get_by_role("link", name=title).click()
    expert.get_by_role("button", name="接受").first.click()
    expert.get_by_label("处理结果").fill("先测电瓶电压，再短接起动机。")
    expert.get_by_role("button", name="交付", exact=True).click()
    expect(expert.get_by_text("已交付，等待请求人检查。")).to_be_visible()
    expert.context.close()
    expect(card(she, "tasks")).to_contain_text("短接起动机")
    card(she, "tasks").get_by_role("link", name=title).click()
    she.get_by_role("checkbox", name="写明排查步骤").check()
    she.get_by_role("button", name="通过", exact=True).click()
    expect(she.get_by_text("已通过。")).to_be_visible()
    she.goto(f"/cases/{reference}/")


def she_renegotiates_and_says_so_on_the_phone(
    company: Company, she: Any, reference: str, made_at: datetime
) -> None:
    company.clock_reaches(made_at + timedelta(minutes=27))
    she.get_by_role("link", name="通知").click()
    warning = she.get_by_role("listitem").filter(has_text=CALL_BACK).first
    expect(warning).to_contain_text("80%")
    warning.get_by_role("button").click()
    expect(head(she)).to_contain_text(reference)
    desk.renegotiates(she, CALL_BACK, reason="工程师还在路上", told="我已告知", minutes=90)


def another_promise_breaks(company: Company, people_at: Any, she: Any, reference: str) -> None:
    said_at, visit = datetime.now(UTC), "今天到场诊断压路机"
    desk.gives_word(she, visit, minutes=30)
    company.clock_reaches(said_at + timedelta(minutes=31))
    expect(timeline(she)).to_contain_text(f"承诺失约：{visit}")
    she.goto("/promises/ledger/?whose=mine&state=broken")
    expect(she.get_by_role("row").filter(has_text=visit)).to_contain_text("已失约")
    supervisor = company.signs_in(people_at(company.url), "zhao")
    supervisor.goto("/supervisor/")
    expect(supervisor.locator("#broken")).to_contain_text(visit)
    supervisor.context.close()
    she.goto(f"/cases/{reference}/")


def the_caller_hears_from_her_who_answers_now(
    company: Company, people_at: Any, she: Any, reference: str
) -> None:
    """There is no address to write to: until the new owner has said it, the case says that nobody has."""
    other = company.signs_in(people_at(company.url), "zhou")
    other.goto(f"/cases/{reference}/")
    summary = "昨晚起打不着火；已诊断电瓶正常，等起动机。"
    desk.asks_handoff(she, NAMES["zhou"], reason="周航今天在现场附近", summary=summary)
    desk.accepts_handoff(other)
    untold = other.locator("#case-banners")
    expect(untold).to_contain_text("客户还不知道")
    untold.get_by_role("button", name="我已告知客户").click()
    expect(untold).not_to_contain_text("客户还不知道")
    desk.asks_handoff(other, HER, reason="现场已处理完", summary="起动机已更换，待客户确认。")
    desk.accepts_handoff(she)
    she.locator("#case-banners").get_by_role("button", name="我已告知客户").click()
    expect(she.locator("#case-banners").get_by_role("button", name="我已告知客户")).to_have_count(0)
    other.context.close()


def she_writes_down_what_the_caller_says(company: Company, she: Any, reference: str, moments: Any) -> None:
    desk.resolves(she, "更换起动机，试车三次正常。")
    desk.records_word(she, "尚未解决", word="早上又打不着一次。")
    expect(head(she)).to_contain_text(HER)
    desk.resolves(she, "更换点火开关，冷车试十次正常。")
    desk.records_word(she, "已解决", word="这回好了。", levels=(4, 5, 3, 5, 4))
    word = card(she, "word")
    expect(word).to_contain_text("已解决")
    expect(word).to_contain_text("这回好了。")
    expect(word).to_contain_text("口头")
    expect(head(she)).to_contain_text("客户已确认")
    moments.in_every_way(she, "phone-2-solved")
    she.goto(f"/cases/{reference}/events/")
    taken = she.get_by_role("row").filter(has_text="cases.opened")
    expect(taken).to_contain_text(HER)
    handed = she.get_by_role("row").filter(has_text="cases.handoff_accepted").first
    expect(handed).to_contain_text(NAMES["zhou"])
    expect(she.get_by_role("row").filter(has_text="cases.confirmed")).to_contain_text(HER)
