"""The main job by the public form: from a phone, without an account, to the customer's own "solved"."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.story import customer, desk, letters
from tests.story.company import NAMES, Company
from tests.story.desk import card, head, timeline

pytestmark = [pytest.mark.browser, pytest.mark.mailserver, pytest.mark.story, pytest.mark.slow]

HER_MAIL, SUBJECT = "meiling@farm.test", "收割机割台异响"
CALL_BACK, VISIT = "10分钟内给您回电", "今天到地头检查割台"


def test_from_the_form_to_the_customers_own_solved(
    company: Company, post: Any, people_at: Any, moments: Any, accessible: Any
) -> None:
    pages = {
        NAMES[username]: company.signs_in(people_at(company.url), username) for username in ("lin", "zhou")
    }
    for page in pages.values():
        page.goto("/inbox/?view=unowned")
    phone = people_at(company.url, **customer.PHONE)
    reference = the_customer_fills_the_form(phone, moments, accessible)
    for page in pages.values():
        desk.opens(page, SUBJECT)
    name = desk.both_take(pages)
    she = pages.pop(name)
    (late,) = pages.values()
    expect(late.get_by_text(f"{name} 已先认领，是首问责任人。")).to_be_visible()
    she_answers_and_promises(she)
    the_customer_reads_it_on_her_page_and_writes_back(post, phone, she, name)
    said_at = datetime.now(UTC)
    the_technical_department_helps(company, people_at, she, reference)
    the_colleague_takes_over_and_the_customer_is_told(post, she, late, name, moments)
    owner, owner_name = late, next(iter(pages))
    promises_are_renegotiated_and_broken(company, post, people_at, owner, owner_name, said_at)
    not_yet_then_solved(post, phone, owner, owner_name, reference, moments)


def the_customer_fills_the_form(phone: Any, moments: Any, accessible: Any) -> str:
    phone.goto("/request/")
    moments.in_every_way(phone, "form-0-empty", accessible)
    phone.get_by_role("radio", name="报修").check()
    words = phone.get_by_label("发生了什么")
    words.press_sequentially(
        "收割机割台异响，今天下午要收麦，请马上来人。", delay=150
    )  # a machine's speed is refused
    phone.get_by_label("一句话概括").fill(SUBJECT)
    phone.get_by_label("照片或文件").set_input_files(
        {"name": "割台.png", "mimeType": "image/png", "buffer": letters.photo()}
    )
    phone.get_by_label("您的姓名").fill("周美玲")
    phone.get_by_label("邮件", exact=True).fill(HER_MAIL)
    phone.get_by_label("电话").fill("13700001111")
    moments.take(phone, "form-1-request", full_page=True)
    phone.get_by_role("button", name="发送").click()
    number = phone.locator(".done-number")
    expect(number).to_be_visible()
    reference = str(number.inner_text())
    moments.in_every_way(phone, "form-1-done", accessible)
    phone.get_by_role("link", name="打开我的页面").click()
    expect(phone.get_by_role("main")).to_contain_text(SUBJECT)
    return reference


def she_answers_and_promises(she: Any) -> None:
    expect(card(she, "customer")).to_contain_text("周美玲")
    expect(timeline(she).get_by_role("link", name="割台.png")).to_be_visible()
    desk.restates(she, "割台有异响，今天下午要收麦，希望马上有人到地头。")
    desk.records_expectation(
        she,
        "马上免费换新割台。",
        sort="过高",
        managed="说明割台属易损件，不在三包内；先检查再报价。",
        agreed="今天到地头检查，当场报价。",
        levels=(3, 4, 5, 4, 4),
    )
    field = desk.writes(she, f"周女士，您好！给您添麻烦了。免费换新我们没办法。{CALL_BACK}，约好时间。")
    finding = she.locator(".composer-finding", has_text="没办法")
    finding.get_by_role("button").first.click()
    expect(field).not_to_have_value(re.compile("没办法"))
    expect(she.get_by_test_id("promise-chip")).to_contain_text(CALL_BACK)
    desk.sends(she)
    expect(desk.owed(she, CALL_BACK)).to_be_visible()


def the_customer_reads_it_on_her_page_and_writes_back(post: Any, phone: Any, she: Any, name: str) -> None:
    reply = letters.awaited(post.smtp, HER_MAIL, "给您添麻烦了")
    assert CALL_BACK in letters.words(reply)
    phone.reload()
    main = phone.get_by_role("main")
    for said in (name, "希望马上有人到地头", CALL_BACK, "给您添麻烦了"):
        expect(main).to_contain_text(said)
    phone.get_by_role("button", name="对，就是这样").click()
    phone.get_by_label("给我们留言").fill("好的，我在地头等。")
    phone.get_by_role("button", name="发送").click()
    expect(timeline(she)).to_contain_text("好的，我在地头等。")
    expect(card(she, "understanding")).to_contain_text("客户已认同")


def the_technical_department_helps(company: Company, people_at: Any, she: Any, reference: str) -> None:
    title = "判断割台异响的原因"
    desk.asks_for_help(
        she, "技术部", title=title, ask="请听描述判断，给出检查顺序。", standard="写明检查顺序"
    )
    expert = company.signs_in(people_at(company.url), "chen")
    expert.goto("/tasks/?view=offered")
    expert.get_by_role("link", name=title).click()
    expert.get_by_role("button", name="接受").first.click()
    expert.get_by_label("处理结果").fill("先查拨禾轮轴承，再查割刀间隙。")
    expert.get_by_role("button", name="交付", exact=True).click()
    expect(expert.get_by_text("已交付，等待请求人检查。")).to_be_visible()
    expert.context.close()
    expect(card(she, "tasks")).to_contain_text("拨禾轮轴承")
    card(she, "tasks").get_by_role("link", name=title).click()
    she.get_by_role("checkbox", name="写明检查顺序").check()
    she.get_by_role("button", name="通过", exact=True).click()
    expect(she.get_by_text("已通过。")).to_be_visible()
    she.goto(f"/cases/{reference}/")


def the_colleague_takes_over_and_the_customer_is_told(
    post: Any, she: Any, late: Any, name: str, moments: Any
) -> None:
    """What the first owner promised and still owes is the second's to keep, and they see so before they accept."""
    other = NAMES["zhou"] if name == NAMES["lin"] else NAMES["lin"]
    desk.asks_handoff(she, other, reason="下午请假", summary="已约到地头检查割台，客户在等；先查拨禾轮轴承。")
    expect(head(she)).to_contain_text(name)
    expect(late.locator("#case-banners")).to_contain_text(f"接受后由您兑现：{CALL_BACK}")
    moments.take(late, "form-2-handoff-with-its-promise")
    desk.accepts_handoff(late)
    expect(card(late, "promises")).to_contain_text(f"· {other}")
    expect(head(she)).to_contain_text(other)
    letters.awaited(post.smtp, HER_MAIL, f"现由 {other} 负责")


def promises_are_renegotiated_and_broken(
    company: Company, post: Any, people_at: Any, owner: Any, name: str, said_at: datetime
) -> None:
    company.clock_reaches(said_at + timedelta(minutes=8, seconds=30))
    owner.get_by_role("link", name="通知").click()
    expect(owner.get_by_role("listitem").filter(has_text=CALL_BACK).first).to_contain_text("80%")
    owner.go_back()
    desk.renegotiates(owner, CALL_BACK, reason="信号不好，改用固定电话", minutes=90)
    letters.awaited(post.smtp, HER_MAIL, "信号不好，改用固定电话")
    made_at = datetime.now(UTC)
    desk.gives_word(owner, VISIT, minutes=30)
    company.clock_reaches(made_at + timedelta(minutes=31))
    expect(timeline(owner)).to_contain_text(f"承诺失约：{VISIT}")
    supervisor = company.signs_in(people_at(company.url), "zhao")
    supervisor.goto("/supervisor/")
    expect(supervisor.locator("#broken").get_by_role("listitem").filter(has_text=VISIT)).to_contain_text(name)
    supervisor.context.close()


def not_yet_then_solved(post: Any, phone: Any, owner: Any, name: str, reference: str, moments: Any) -> None:
    desk.resolves(owner, "更换拨禾轮轴承，试割无异响。")
    customer.opens(phone, letters.link(letters.awaited(post.smtp, HER_MAIL, "试割无异响")))
    expect(phone.get_by_role("main")).to_contain_text(VISIT)
    customer.says_not_yet(phone, "又响了。")
    expect(timeline(owner)).to_contain_text("客户说：还没有。又响了。")
    expect(head(owner)).to_contain_text(name)
    desk.resolves(owner, "调整割刀间隙，连续作业一小时正常。")
    customer.opens(phone, letters.link(letters.awaited(post.smtp, HER_MAIL, "连续作业一小时正常")))
    customer.says_solved(phone, "麦子收完了，谢谢。", ("好", "很好", "较差", "很好", "好"))
    moments.take(phone, "form-2-thanks", full_page=True)
    word = card(owner, "word")
    expect(word).to_contain_text("感知减期望")
    expect(word.get_by_role("row").filter(has_text="反馈及时")).to_contain_text("-3")
    moments.in_every_way(owner, "form-3-solved")
    owner.goto(f"/cases/{reference}/events/")
    for event, who in (
        ("cases.opened", "周美玲"),
        ("cases.handoff_accepted", name),
        ("cases.not_yet", "周美玲"),
    ):
        expect(owner.get_by_role("row").filter(has_text=event)).to_contain_text(who)
