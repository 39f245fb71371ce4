"""What a customer sees and does on their own page, on a phone."""

from typing import Any

from playwright.sync_api import expect

from tests.story.desk import DIMENSIONS

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 1,
}


def opens(page: Any, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def says_not_yet(page: Any, word: str) -> None:
    page.get_by_role("radio", name="尚未解决").check()
    page.get_by_label("想对我们说的话").fill(word)
    page.get_by_role("button", name="提交我的答复").click()
    expect(page.get_by_role("heading", name="我们正在处理")).to_be_visible()


def says_solved(page: Any, word: str, felt: tuple[str, ...]) -> None:
    """Solved, with how each dimension felt (很差 to 很好) and a word."""
    page.get_by_role("radio", name="已解决").check()
    page.get_by_label("想对我们说的话").fill(word)
    for dimension, level in zip(DIMENSIONS, felt, strict=True):
        page.get_by_role("group", name=dimension).get_by_role("radio", name=level, exact=True).check(
            force=True
        )
    page.get_by_role("button", name="提交我的答复").click()
    expect(page.get_by_text(word)).to_be_visible()
