"""An agent's day in a real Chromium, on the demonstration company: what she typed is never lost, what waits is seen."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = "您好，配件已经到货，工程师会带齐工具。"
PAIR = """
import django
django.setup()
from shouwen.cases import services
from shouwen.customers import services as customers
from shouwen.platform.access import SYSTEM, customer_actor, now
from shouwen.platform.accounts.models import User
at, mail = now(), "pumps@example.com"
who = customers.register(name="长岭工程", contacts=[("email", mail)], at=at, by=SYSTEM)
for subject in ("水泵漏水", "水泵还在漏"):
    made = services.open_case(subject=subject, text=subject + "，请尽快处理。", channel="email", customer=who,
        message={"address": mail}, owner_id=User.objects.get(username="wang").pk, at=at,
        by=customer_actor(who.pk, who.name))
    print(made.reference)
"""


def enter(page: Any, name: str = "wang", way: str = "/inbox/") -> Any:
    page.goto(f"/accounts/login/?next={way}")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("shouwen-demo")
    page.get_by_role("button", name="登录").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def a_case_of_mine(page: Any) -> str:
    page.goto("/inbox/?view=mine")
    page.locator(".irow-link").first.click()
    page.locator("#reply-text").wait_for()
    return str(page.locator(".case").get_attribute("data-ref"))


@pytest.mark.parametrize("gone", ["shouwen", "shouwen-csrf"])
def test_who_was_signed_out_while_replying_signs_in_again_and_goes_on_with_her_words(
    people_at: Any, shouwen: Any, accessible: Any, gone: str
) -> None:
    page = enter(people_at(shouwen.url))
    reference = a_case_of_mine(page)
    page.context.clear_cookies(name="shouwen")
    if gone != "shouwen":
        page.context.clear_cookies(name=gone)
    page.locator("#reply-text").fill(TYPED)
    page.get_by_role("button", name="发送").click()
    said = page.get_by_test_id("signed-out")
    expect(said).to_contain_text("您的登录已失效")
    accessible(page)
    said.get_by_role("link", name="重新登录").click()
    page.locator("input[name=login]").fill("wang")
    page.locator("input[name=password]").fill("shouwen-demo")
    page.get_by_role("button", name="登录").first.click()
    page.wait_for_url(lambda url: f"/cases/{reference}/" in url and "login" not in url)
    expect(page.locator("#reply-text")).to_have_value(TYPED)
    page.locator("#reply-text").fill("")


def test_what_stood_in_a_dialog_comes_back_with_it(people_at: Any, shouwen: Any) -> None:
    page = enter(people_at(shouwen.url))
    a_case_of_mine(page)
    page.get_by_role("link", name="提交解决").click()
    page.get_by_label("做了什么").fill("已更换油封并试机。")
    page.context.clear_cookies(name="shouwen")
    page.get_by_role("dialog").get_by_role("button", name="提交解决").click()
    page.get_by_test_id("signed-out").get_by_role("link", name="重新登录").click()
    page.locator("input[name=login]").fill("wang")
    page.locator("input[name=password]").fill("shouwen-demo")
    page.get_by_role("button", name="登录").first.click()
    page.get_by_role("link", name="提交解决").click()
    expect(page.get_by_label("做了什么")).to_have_value("已更换油封并试机。")


def test_without_a_connection_it_is_said_and_what_is_typed_outlives_the_page(
    people_at: Any, shouwen: Any
) -> None:
    page = enter(people_at(shouwen.url))
    reference = a_case_of_mine(page)
    page.context.set_offline(True)
    page.locator("#reply-text").fill(TYPED)
    expect(page.locator("#connection")).to_contain_text("连接")
    expect(page.get_by_text("未能保存").first).to_be_visible()
    page.get_by_role("button", name="发送").click()
    expect(page.locator("#reply-text")).to_have_value(TYPED)
    page.context.set_offline(False)
    expect(page.locator("#connection")).to_be_hidden()
    page.goto(f"/cases/{reference}/")
    expect(page.locator("#reply-text")).to_have_value(TYPED)
    page.locator("#reply-text").fill("")


def test_a_page_that_was_only_read_puts_its_old_draft_over_no_newer_one(people_at: Any, shouwen: Any) -> None:
    page = enter(people_at(shouwen.url))
    reference = a_case_of_mine(page)
    with page.expect_response("**/drafts/reply/"):
        page.locator("#reply-text").fill("您好，10分钟内给您回电。")
    other = page.context.new_page()
    other.goto(f"/cases/{reference}/")
    expect(other.get_by_test_id("promise-chip")).to_be_visible()
    with page.expect_response("**/drafts/reply/"):
        page.locator("#reply-text").fill(TYPED)
    other.goto("/inbox/")
    other.goto(f"/cases/{reference}/")
    expect(other.locator("#reply-text")).to_have_value(TYPED)
    with page.expect_response("**/drafts/reply/"):
        page.locator("#reply-text").fill("")


def test_a_promise_struck_out_of_the_text_is_gone_at_once(people_at: Any, shouwen: Any) -> None:
    page = enter(people_at(shouwen.url))
    a_case_of_mine(page)
    page.locator("#reply-text").fill("您好，10分钟内给您回电。")
    chip = page.get_by_test_id("promise-chip")
    expect(chip).to_be_visible()
    page.context.set_offline(True)  # nobody can look again; and nothing old may be sent along meanwhile
    page.locator("#reply-text").fill(TYPED)
    expect(chip).to_have_count(0)
    page.locator("#reply-text").fill("您好，20分钟内给您回电。")
    page.context.set_offline(False)
    expect(chip).to_contain_text("20分钟内给您回电")  # connected again it is looked at without another key
    with page.expect_response("**/drafts/reply/"):
        page.locator("#reply-text").fill("")


def test_the_sheet_of_keys_names_those_of_a_case_also_without_one(
    people_at: Any, shouwen: Any, accessible: Any
) -> None:
    page = enter(people_at(shouwen.url))
    page.locator("[data-row]").first.wait_for()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="键盘操作")
    expect(sheet.get_by_text("请先打开一个请求")).to_be_visible()
    expect(sheet.get_by_role("listitem").filter(has_text="移交")).to_have_attribute("aria-disabled", "true")
    accessible(page)


def test_filters_are_offered_while_typing_chosen_by_keys_and_taken_away_again(
    people_at: Any, shouwen: Any, accessible: Any
) -> None:
    page = enter(people_at(shouwen.url), way="/search/")
    field = page.get_by_role("combobox", name="词语、编号，或筛选词")
    field.press_sequentially("挖掘机 状")
    offered = page.get_by_role("listbox")
    expect(offered.get_by_role("option")).to_have_text(["状态:状态"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(offered.get_by_role("option", name="状态:处理中")).to_be_visible()
    accessible(page)
    field.press_sequentially("已确")
    expect(offered.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(field).to_have_value("挖掘机 状态:已确认 ")
    expect(field).to_be_focused()
    taken_away = page.locator("#results").get_by_role("link", name="状态:已确认")
    expect(taken_away).to_be_visible()
    accessible(page)
    taken_away.click()
    expect(page.locator("#search-q")).to_have_value("挖掘机")


def test_the_inbox_takes_the_same_filters_and_names_a_wrong_one(
    people_at: Any, shouwen: Any, accessible: Any
) -> None:
    page = enter(people_at(shouwen.url), way="/inbox/?view=all")
    field = page.locator("#list-q")
    field.fill("状态:处里中")
    field.press("Enter")
    expect(page.get_by_text("没有“状态:处里中”。您是要“状态:处理中”吗？")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="状态:处理中").click()
    expect(page.locator("#list-q")).to_have_value("状态:处理中")
    expect(page.locator(".irow").first).to_be_visible()


def test_a_merge_of_two_cases_is_undone_by_its_button(people_at: Any, shouwen: Any, accessible: Any) -> None:
    stays, goes = shouwen.python(PAIR).split()[-2:]
    page = enter(people_at(shouwen.url), way=f"/cases/{goes}/merge/")
    page.locator(f"[name=into][value='{stays}']").check(force=True)
    page.locator("form[action$='/merge/'] .btn-primary").click()
    page.wait_for_url(f"**/cases/{stays}/")
    expect(page.locator("#detail")).to_contain_text("水泵还在漏，请尽快处理。")
    page.locator("#card-links").get_by_role("button", name="撤销合并").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("恢复为两个请求？")
    accessible(page)
    asked.get_by_role("button", name="取消").click()
    expect(page.locator("#card-links")).to_contain_text(goes)
    page.locator("#card-links").get_by_role("button", name="撤销合并").click()
    page.get_by_role("dialog").locator(".btn-primary").click()
    page.wait_for_url(f"**/cases/{goes}/")
    expect(page.get_by_text("已恢复为两个请求。")).to_be_visible()
    expect(page.locator("#detail")).to_contain_text("水泵还在漏，请尽快处理。")
    page.goto(f"/cases/{stays}/")
    expect(page.locator("#detail")).to_contain_text("水泵漏水，请尽快处理。")
    expect(page.locator("#detail")).not_to_contain_text("水泵还在漏，请尽快处理。")


def test_what_happens_while_a_button_is_pressed_does_not_take_the_press_away(
    people_at: Any, shouwen: Any
) -> None:
    page = enter(people_at(shouwen.url))
    reference = a_case_of_mine(page)
    button = page.locator("#case-head").get_by_role("link", name="提交解决")
    button.evaluate("element => element.dataset.seen = 'yes'")
    button.hover()
    page.mouse.down()
    with page.expect_response(lambda answer: "fresh=1" in answer.url):
        page.evaluate("htmx.trigger(document.querySelector('.case > [data-live]'), 'live')")
    expect(page.locator(".case > [data-live].htmx-request")).to_have_count(0)
    assert button.get_attribute("data-seen") == "yes"
    with page.expect_response(lambda answer: "fresh=1" in answer.url):
        page.mouse.up()
    expect(page.get_by_role("dialog", name="提交解决")).to_be_visible()
    expect(page.locator("[data-seen]")).to_have_count(0)  # the head was renewed after the release
    assert page.locator(".case").get_attribute("data-ref") == reference


def test_a_dialog_opened_before_an_earlier_answer_came_stays_open(people_at: Any, shouwen: Any) -> None:
    page = enter(people_at(shouwen.url))
    a_case_of_mine(page)
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/notes/", hold)
    page.get_by_role("tab", name="备注").click()
    page.locator("#note-text").fill("客户下午不在家。")
    with page.expect_request("**/notes/"):
        page.get_by_role("button", name="保存备注").click()
    page.locator("#case-head").get_by_role("link", name="提交解决").click()
    dialog = page.get_by_role("dialog", name="提交解决")
    dialog.get_by_label("做了什么").fill("已更换油封")
    held[0].continue_()
    expect(page.locator("#story")).to_contain_text("客户下午不在家。")
    expect(dialog.get_by_label("做了什么")).to_have_value("已更换油封")
