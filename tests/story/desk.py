"""What an agent does on the case page, by the words that stand on it."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

DIMENSIONS = ("外在形象", "服务态度", "反馈及时", "专业能力", "诚信服务")


def clock_time(**ahead: float) -> str:
    """A time for a form's field, as the office's clock will show it."""
    moment = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(**ahead)
    return moment.strftime("%Y-%m-%dT%H:%M")


def head(page: Any) -> Any:
    return page.locator("#case-head")


def timeline(page: Any) -> Any:
    return page.get_by_role("list", name="时间线", exact=True)


def card(page: Any, code: str) -> Any:
    return page.locator(f"#card-{code}")


def opens(page: Any, subject: str) -> str:
    """Click the row in the list; the reference of the case that opens beside it."""
    page.get_by_role("region", name="列表").get_by_role("link", name=subject).first.click()
    expect(page.locator(".case-title")).to_contain_text(subject)
    return str(page.locator(".case-ref").inner_text())


def both_take(pages: dict[str, Any]) -> str:
    """All press "take" before any of them has been answered; the name of who became the owner."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    for page in pages.values():
        page.route("**/ownership/", hold)
        with page.expect_request("**/ownership/"):
            page.get_by_role("button", name="认领").first.click()
    for route in held:
        route.continue_()
    for page in pages.values():
        page.unroute("**/ownership/")
        expect(head(page).locator(".owner")).to_be_visible()
    owners = {name for name in pages for page in pages.values() if name in head(page).inner_text()}
    assert len(owners) == 1, f"several owners: {owners}"
    owner = owners.pop()
    expect(pages[owner].get_by_text("由您负责，直到客户说已解决。")).to_be_visible()
    return owner


def restates(page: Any, text: str) -> None:
    form = page.get_by_test_id("restate-form")
    form.get_by_label("我们的理解").fill(text)
    form.get_by_role("button", name="保存").click()
    expect(card(page, "understanding").locator(".restated")).to_have_text(text)


def records_expectation(
    page: Any, text: str, *, sort: str, managed: str, agreed: str, levels: tuple[int, ...]
) -> None:
    card(page, "expectation").get_by_role("link", name="记录期望").click()
    form = page.get_by_test_id("expectation-form")
    form.get_by_label("客户的期望").fill(text)
    form.get_by_role("radio", name=sort, exact=True).check()
    form.get_by_label("您如何引导期望").fill(managed)
    form.get_by_label("约定内容").fill(agreed)
    form.get_by_text("各维度的期望程度").click()
    for dimension, level in zip(DIMENSIONS, levels, strict=True):
        form.get_by_role("group", name=dimension).get_by_role("radio", name=str(level)).check()
    form.get_by_role("button", name="保存").click()
    expect(card(page, "expectation")).to_contain_text(agreed)


def writes(page: Any, text: str) -> Any:
    """Type into the reply field, key by key as the check while typing expects it; gives the field."""
    field = page.get_by_role("textbox", name=re.compile("^答复"))
    field.press_sequentially(text)
    return field


def sends(page: Any) -> None:
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".undo-bar")).to_contain_text("已发送")


def asks_for_help(page: Any, whom: str, *, title: str, ask: str, standard: str) -> None:
    page.get_by_role("tab", name=re.compile("协办")).click()
    form = page.get_by_test_id("task-form")
    form.get_by_label("由谁协办").select_option(label=whom)
    form.get_by_label("时限").select_option(label="1 个工作小时")
    form.get_by_label("需要什么").fill(title)
    form.get_by_label("请协办解决什么").fill(ask)
    form.get_by_label("验收标准").fill(standard)
    form.get_by_role("button", name="提出协办").click()
    expect(card(page, "tasks")).to_contain_text(title)


def gives_word(page: Any, text: str, **ahead: float) -> None:
    """A promise said by word of mouth, written down with its time; by night the form asks to think first."""
    page.get_by_role("tab", name="承诺", exact=True).click()
    form = page.get_by_test_id("promise-form")
    form.get_by_label("承诺内容").fill(text)
    form.get_by_label("何时之前").fill(clock_time(**ahead))
    form.get_by_role("button", name="承诺").click()
    anyway = page.get_by_test_id("promise-form").get_by_role("button", name="仍然承诺")
    given = card(page, "promises").get_by_text(text)
    expect(anyway.or_(given).first).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(card(page, "promises")).to_contain_text(text)


def owed(page: Any, text: str) -> Any:
    """The open promise of that text on the right."""
    return card(page, "promises").locator(".owed", has_text=text)


def renegotiates(page: Any, text: str, *, reason: str, told: str = "现在发消息", **ahead: float) -> None:
    """A new time for an open promise; `told` is how the customer hears of it."""
    owed(page, text).get_by_role("link", name="改期").click()
    form = page.get_by_role("dialog")
    form.get_by_label("新的时间").fill(clock_time(**ahead))
    form.get_by_label("原因").fill(reason)
    form.get_by_role("radio", name=told).check()
    form.get_by_role("button", name="改期").click()
    expect(timeline(page)).to_contain_text(f"承诺已改期：{text}")


def resolves(page: Any, summary: str) -> None:
    page.get_by_role("link", name="提交解决").click()
    form = page.get_by_test_id("resolution-form")
    form.get_by_label("做了什么").fill(summary)
    form.get_by_role("button", name="提交解决").click()
    expect(head(page)).to_contain_text("待确认")


def chooses(page: Any, entry: str) -> None:
    """An entry of the case's menu "更多"."""
    head(page).locator("summary", has_text="更多").click()
    head(page).get_by_role("link", name=entry).click()


def asks_handoff(page: Any, to: str, *, reason: str, summary: str) -> None:
    chooses(page, "移交")
    form = page.get_by_role("dialog")
    people = form.get_by_label("移交给谁")
    people.select_option(people.locator("option", has_text=to).get_attribute("value"))
    form.get_by_label("原因").fill(reason)
    form.get_by_label("情况说明").fill(summary)
    form.get_by_role("button", name="请对方接受").click()
    expect(page.locator("#case-banners")).to_contain_text(reason)


def accepts_handoff(page: Any) -> None:
    page.locator("#case-banners").get_by_role("button", name="接受").click()
    expect(page.get_by_text("现在由您负责，正在告知客户。")).to_be_visible()


def records_word(page: Any, answer: str, *, word: str, levels: tuple[int, ...] = ()) -> None:
    """What the customer said by word of mouth: solved or not yet, how each dimension felt (1 to 5), a word."""
    page.get_by_role("link", name="客户答复").click()
    form = page.get_by_test_id("confirmation-form")
    form.get_by_role("radio", name=answer).check()
    for dimension, level in zip(DIMENSIONS, levels, strict=False):
        form.get_by_role("group", name=dimension).get_by_role("radio").nth(level - 1).check(force=True)
    form.get_by_role("textbox").fill(word)
    form.get_by_role("button", name="记录").click()
    said = "客户说：已解决" if answer == "已解决" else f"客户说：还没有。{word}"
    expect(timeline(page)).to_contain_text(said)
