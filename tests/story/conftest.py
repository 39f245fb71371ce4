"""The company of a story's module, its post, and pictures of the key moments."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.fixtures.browser import PATIENCE_MS, RESULTS, Pictures
from tests.fixtures.session import unavailable
from tests.servers import exim
from tests.story.company import Company
from tests.story.letters import SERVICE


@dataclass(frozen=True)
class Post:
    """The mailbox customers write to, and where mail to customers arrives."""

    box: Any
    smtp: exim.Exim


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    """Servers of our own: what other tests leave in a mailbox must not become a case here."""
    from shouwen.platform.mail.testing import dovecot as servers

    if not servers.installed():
        unavailable("Dovecot")
    if exim.BINARY is None:
        unavailable("Exim")
    with ExitStack() as stack:
        yield Post(stack.enter_context(servers.dovecot()), stack.enter_context(exim.Exim()))


@pytest.fixture(scope="module")
def company(chromium: Any, post: Post, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """`shouwen up` with staff, a known customer and a mailbox that was set up and tested on its page."""
    with Company(tmp_path_factory.mktemp("company") / "installation") as company:
        context = chromium.new_context(locale="zh-CN", base_url=company.url)
        context.set_default_timeout(PATIENCE_MS)
        set_up_mailbox(company.signs_in(context.new_page(), "admin"), post)
        context.close()
        yield company


@pytest.fixture
def moments() -> Pictures:
    """Key moments of the stories, for who wants to see how they went."""
    return Pictures(RESULTS / "story")


def set_up_mailbox(page: Any, post: Post) -> None:
    """As an administrator does it: the form, then its test button."""
    from playwright.sync_api import expect

    from shouwen.platform.mail.testing.dovecot import PASSWORD, USER

    page.goto("/settings/mailboxes/new/")
    page.get_by_label("内部名称").fill("客服邮箱")
    page.get_by_label("邮箱地址").fill(SERVICE)
    page.get_by_label("发件人名称").fill("首问客服")
    page.get_by_label("新服务请求交给").select_option(label="客服一组")
    servers = (("imap", post.box.port, USER, PASSWORD), ("smtp", post.smtp.port, exim.USER, exim.PASSWORD))
    for part, port, user, password in servers:
        page.locator(f"[name={part}_host]").fill("127.0.0.1")
        page.locator(f"[name={part}_security]").select_option("plain")
        page.locator(f"[name={part}_port]").fill(str(port))
        page.locator(f"[name={part}_user]").fill(user)
        page.locator(f"[name={part}_password]").fill(password)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="测试").click()
    expect(page.get_by_text("一切正常。")).to_be_visible()
