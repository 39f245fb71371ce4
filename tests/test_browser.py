"""The frame of every page in a real Chromium: signing in, language, phone width, dark."""

from typing import Any

import pytest

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


def test_a_member_of_staff_signs_in_and_out(people_at: Any, fresh_shouwen: Any) -> None:
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
    assert "李青" in page.content()


def test_no_page_is_wider_than_a_phone(people_at: Any, fresh_shouwen: Any) -> None:
    page = people_at(fresh_shouwen.url, viewport={"width": 390, "height": 844})
    page.goto("/accounts/login/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
