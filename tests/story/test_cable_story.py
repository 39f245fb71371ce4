"""The cable cut by roadworks: two hundred requests, one cause, one district restored, and one customer says "still not"."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.fixtures.browser import PATIENCE_MS
from tests.story import customer
from tests.story.company import Company
from tests.story.desk import clock_time

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.slow]


@pytest.fixture(scope="module")
def cut(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, list[str]]]:
    """The company in the minute after, without a mail server: what is told waits in the outgoing queue."""
    with Company(tmp_path_factory.mktemp("cable") / "installation") as company:
        yield company, json.loads(company._inside("cable.py"))


def test_one_cause_is_told_to_all_restored_in_part_and_opened_again(
    cut: tuple[Company, list[str]], people_at: Any
) -> None:
    company, tokens = cut
    lead = company.signs_in(people_at(company.url), "zhao")
    she_sees_the_suspicion_and_tells_everybody(lead)
    she_restores_one_district(lead)
    customer_page = people_at(company.url, **customer.PHONE)
    one_says_solved_and_another_still_not(customer_page, tokens)
    lead.reload()
    expect(lead.get_by_role("main")).to_contain_text("再次故障")
    expect(lead.get_by_role("main")).to_contain_text("1 人说仍未恢复")


def she_sees_the_suspicion_and_tells_everybody(lead: Any) -> None:
    lead.goto("/incidents/?view=suspected")
    lead.get_by_role("row").nth(1).get_by_role("link").click()
    expect(lead.locator("#card-evidence")).to_contain_text("200 位客户")
    lead.get_by_role("button", name="确认为群发故障").click()
    lead.get_by_role("link", name="告知全部客户").click()
    lead.get_by_label("要让客户知道的内容").fill("施工挖断光缆，正在抢修。")
    lead.get_by_label("预计恢复时间").fill(clock_time(hours=5))
    lead.get_by_role("button", name="告知全部客户").click()
    expect(lead.get_by_test_id("update").first).to_contain_text("已告知 200 / 200", timeout=2 * PATIENCE_MS)
    expect(lead.get_by_test_id("update").first).to_contain_text("对每位客户承诺")


def she_restores_one_district(lead: Any) -> None:
    lead.get_by_role("link", name="已恢复").click()
    lead.get_by_role("radio", name="只有这些区域").check()
    lead.get_by_role("checkbox", name="和平区").check()
    lead.get_by_role("button", name="已恢复").click()
    expect(lead.get_by_test_id("update").first).to_contain_text("已告知 100 / 100", timeout=2 * PATIENCE_MS)
    expect(lead.locator("#card-stand")).to_contain_text("部分恢复")


def one_says_solved_and_another_still_not(page: Any, tokens: list[str]) -> None:
    """The even ones live where it was restored; the odd ones still wait and are not asked."""
    customer.opens(page, f"/r/{tokens[1]}/")
    expect(page.get_by_role("radio", name="已解决")).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("恢复正常：")
    customer.opens(page, f"/r/{tokens[0]}/")
    page.get_by_role("radio", name="已解决").check()
    page.get_by_role("button", name="提交我的答复").click()
    expect(page.get_by_role("radio", name="已解决")).to_have_count(0)
    customer.opens(page, f"/r/{tokens[2]}/")
    customer.says_not_yet(page, "还是红灯，上不了网")
