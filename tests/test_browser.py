"""The frame of every page in a real Chromium: signing in, language, phone width, dark."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_sign_in_page_is_chinese_reachable_by_keyboard_and_accessible(
    people_at: Any, fresh_shouwen: Any, accessible: Any, pictures: Any
) -> None:
    page = people_at(fresh_shouwen.url)
    page.goto("/")
    assert page.evaluate("document.documentElement.lang").lower().startswith("zh")
    assert page.get_by_role("button", name="登录").first.is_visible()
    accessible(page)
    pictures.take_all(page, "sign-in")


def signed_in(people_at: Any, fresh_shouwen: Any) -> Any:
    made = fresh_shouwen.command(
        "user", "add", "li", "--name", "李青", "--role", "agent", "--password", "long-pass-1234"
    )
    assert made.returncode == 0, made.stderr
    page = people_at(fresh_shouwen.url)
    page.goto("/")
    page.locator("input[name=login]").fill("li")
    page.locator("input[name=password]").fill("long-pass-1234")
    page.get_by_role("button", name="登录").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    return page


def test_a_member_of_staff_signs_in_and_out(people_at: Any, fresh_shouwen: Any) -> None:
    assert "李青" in signed_in(people_at, fresh_shouwen).content()


def test_what_is_typed_while_the_page_still_loads_is_looked_up(people_at: Any, fresh_shouwen: Any) -> None:
    page, held = signed_in(people_at, fresh_shouwen), list[Any]()
    page.route("**/htmx-2.min.js", lambda route: held.append(route))  # noqa: PLW0108
    page.goto("/register/?channel=phone", wait_until="commit")
    page.get_by_label("号码、姓名或邮箱").press_sequentially("13877776666")
    assert len(held) == 1, "the page is still loading"
    held[0].continue_()
    expect(page.locator("#caller").get_by_label("电话")).to_have_value("13877776666")
    expect(page.get_by_label("号码、姓名或邮箱")).to_have_value("13877776666")


def test_no_page_is_wider_than_a_phone(people_at: Any, fresh_shouwen: Any) -> None:
    page = people_at(fresh_shouwen.url, viewport={"width": 390, "height": 844})
    page.goto("/accounts/login/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
