"""A visitor's chat in a real Chromium, on a foreign page with a strict policy, to the end and back by mail."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.servers.ports import free_port
from tests.story.company import Company

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# the visitor is typing, and the same line comes from the server once more: before and after, is it said?
STILL_TYPING = """async () => {
  const place = document.getElementById("chat-desk");
  const shown = () => !document.querySelector("#chat-desk [data-chat-typing]").hidden;
  const part = place.querySelector("[data-chat-desk]") || place;
  const detail = { kind: "typing.chat", chat: Number(part.dataset.chatDesk), typing: true };
  document.dispatchEvent(new CustomEvent("live:" + part.dataset.subject, { detail }));
  const before = shown();
  const drawn = new Promise((done) => document.addEventListener("htmx:afterSettle", done, { once: true }));
  htmx.trigger("#chat-desk", "live");
  await drawn;
  return [before, shown()];
}"""


class Site:
    """A shop of somebody else's, on a port of its own: the strictest policy that lets the chat in."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.script = self.allowed = ""

    def __enter__(self) -> "Site":
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), partial(Page, self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Page(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *given: Any) -> None:
        self.site = site
        super().__init__(*given)

    def do_GET(self) -> None:
        body = (
            '<!doctype html><html lang="zh"><meta charset="utf-8"><title>商城</title>'
            f'<body><h1>商城 {self.path}</h1><a href="/next">下一页</a>'
            f'<script src="{self.site.script}" async></script></body></html>'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src {self.site.allowed}; connect-src {self.site.allowed}; "
            "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; frame-ancestors 'none'",
        )
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    with Company(tmp_path_factory.mktemp("company") / "installation") as company:
        yield company


def test_from_the_first_word_on_a_foreign_site_to_the_transcript_and_on_by_mail(
    company: Company, site: Site, people_at: Any, pictures: Any, accessible: Any
) -> None:
    admin = company.signs_in(people_at(company.url), "admin")
    the_administrator_adds_the_chat(admin, site, pictures)
    agent = company.signs_in(people_at(company.url), "lin")
    agent.goto("/inbox/?view=unowned")
    shop = people_at(site.url)
    shop.goto("/")
    shop.get_by_role("button", name="在线客服").click()
    window = shop.get_by_role("dialog")
    words = window.get_by_role("textbox", name="请输入消息")
    words.fill("收割机割台异响，今天能来人吗？")
    words.press("Enter")
    expect(window.get_by_role("status")).to_contain_text("您排在第 1 位")
    accessible(shop)
    pictures.take(shop, "chat-1-waiting")

    agent.get_by_role("link", name="收割机割台异响").first.click()
    desk = agent.locator("#chat-desk")
    expect(desk).to_contain_text("访客在线")
    agent.get_by_role("button", name="认领").first.click()
    expect(window.get_by_role("status")).to_contain_text("林晓 正在为您服务")

    expect(agent.locator("#case-head .owner")).to_contain_text("林晓")
    types_until(words, desk.get_by_text("访客正在输入…"))
    assert agent.evaluate(STILL_TYPING) == [True, True]  # the line is drawn again meanwhile
    types_until(agent.locator("#reply-text"), window.get_by_text("林晓 正在输入…"))
    agent.locator("#reply-text").fill("您好，周师傅下午两点到。")
    agent.locator("[data-send]").click()
    expect(window.get_by_role("log")).to_contain_text("您好，周师傅下午两点到。")
    expect(desk.get_by_text("已全部阅读")).to_be_visible()
    pictures.take(agent, "chat-2-desk")

    bubble = shop.locator(".bubble")
    bubble.click()  # closed: the next words are not read
    agent.locator("#reply-text").fill("到之前先给您打电话。")
    agent.locator("[data-send]").click()
    expect(desk.get_by_text("已全部阅读")).to_be_hidden()
    agent.evaluate("window.dispatchEvent(new Event('pagehide'))")  # her stream is away while they are
    with shop.expect_response("**/marks/"):
        bubble.click()
    agent.evaluate("window.dispatchEvent(new Event('pageshow'))")
    expect(desk.get_by_text("已全部阅读")).to_be_visible()

    words.fill("")
    shop.get_by_role("link", name="下一页").click()  # another page: the conversation is there
    expect(window.get_by_role("log")).to_contain_text("周师傅下午两点到")
    expect(window.locator(".said")).to_have_count(3)

    company.server.stop()  # what is written while the server is away waits, and comes once
    expect(window.get_by_role("status")).to_contain_text("连接中断")
    words.fill("好的，我在地头等。")
    words.press("Enter")
    shop.reload()
    expect(shop.locator("h1")).to_be_visible()
    company.server.start()
    shop.reload()
    expect(window.get_by_text("好的，我在地头等。")).to_have_count(1)
    expect(window.locator(".said")).to_have_count(4)
    expect(window.locator(".said").last).not_to_contain_text("正在发送")

    reference = the_agent_resolves(agent)
    timeline = agent.get_by_role("list", name="时间线", exact=True)
    for said in ("收割机割台异响", "周师傅下午两点到", "我在地头等"):
        expect(timeline).to_contain_text(said)
    expect(timeline.get_by_text("好的，我在地头等。")).to_have_count(1)
    agent.goto("/search/?q=地头")
    expect(agent.get_by_role("main")).to_contain_text(reference)
    nobody_is_there_and_it_goes_on_by_mail(company, site, agent, people_at, pictures)


def types_until(field: Any, told: Any) -> None:
    """Somebody writes on, and the other side is told of it while they do."""
    for letter in "我一直在家，随时都可以来，地址和电话您那里都有。" * 4:
        field.press_sequentially(letter, delay=300)
        if told.is_visible():
            return
    expect(told).to_be_visible()


def the_administrator_adds_the_chat(admin: Any, site: Site, pictures: Any) -> None:
    admin.goto("/settings/chats/new/")
    admin.get_by_label("内部名称").fill("商城")
    admin.get_by_label("允许使用的网站").fill(site.url)
    admin.get_by_label("由哪个团队接待").select_option(label="客服一组")
    admin.locator("input[name=title]").fill("商城客服")
    admin.get_by_role("button", name="保存").click()
    snippet = admin.locator("#chat-snippet").inner_text()
    site.script = re.findall(r'src="([^"]+)"', snippet)[0]
    site.allowed = site.script.split("/chat/")[0]
    expect(admin.get_by_role("button", name="在线客服")).to_be_visible()
    pictures.take_all(admin, "chat-settings")


def the_agent_resolves(agent: Any) -> str:
    agent.reload()
    expect(agent.locator(".case-title")).to_be_visible()
    reference = str(agent.locator(".case-ref").inner_text())
    agent.get_by_role("link", name="解决").first.click()
    form = agent.locator("dialog[open] form, form[action*=resolution]").first
    form.locator("textarea").first.fill("检查割台并更换轴承，试机正常。")
    form.get_by_role("button").last.click()
    expect(agent.locator(".composer-closed")).to_be_visible()
    return reference


def nobody_is_there_and_it_goes_on_by_mail(
    company: Company, site: Site, agent: Any, people_at: Any, pictures: Any
) -> None:
    company.server.python(
        "import django; django.setup()\n"
        "from shouwen.people import services as s, queries as q\n"
        "from shouwen.platform.access import SYSTEM, now\n"
        "for one in q.active_staff(): s.set_presence(staff_id=one.id, presence='offline', at=now(), by=SYSTEM)"
    )
    phone = people_at(site.url, viewport={"width": 390, "height": 844}, color_scheme="dark")
    phone.goto("/")
    phone.get_by_role("button", name="在线客服").click()
    window = phone.get_by_role("dialog")
    expect(window.get_by_role("status")).to_contain_text("现在无人在岗")
    box = window.bounding_box()
    assert (round(box["width"]), round(box["height"])) == (390, 844)
    window.get_by_role("textbox", name="请输入消息").fill("打谷机不转了")
    window.get_by_role("button", name="发送").click()
    window.get_by_label("您的邮箱").fill("meiling@farm.test")
    window.get_by_role("button", name="回复到此邮箱").click()
    expect(window.get_by_role("status")).to_contain_text("我们会用邮件回复您")
    pictures.take(phone, "chat-3-away-phone-dark")
    agent.goto("/inbox/?view=all")
    agent.get_by_role("link", name="打谷机不转了").first.click()
    expect(agent.locator("#chat-desk")).to_contain_text("@farm.test")
    agent.get_by_role("button", name="认领").first.click()
    expect(agent.locator("#case-head .owner")).to_be_visible()
    agent.locator("#reply-text").fill("您好，明天上午有人联系您。")
    agent.locator("[data-send]").click()
    expect(agent.get_by_role("list", name="时间线", exact=True)).to_contain_text("明天上午有人联系您")


def test_the_hosted_page_is_a_chat_of_its_own(
    company: Company, people_at: Any, pictures: Any, accessible: Any
) -> None:
    key = company.server.python(
        "import django; django.setup()\n"
        "from shouwen.channels import services, registry\n"
        "from shouwen.platform.access import SYSTEM, now\n"
        "print(services.add_account(vendor=registry.get('chat'), name='独立', values={'ask_name': 'required', 'at_once': 3},"
        " team_id=None, at=now(), by=SYSTEM).address)"
    ).strip()
    page = people_at(company.url, locale="en-GB", viewport={"width": 390, "height": 844})
    page.goto(f"/chat/{key}/")
    window = page.get_by_role("dialog")
    window.get_by_role("button", name="Begin the chat").click()
    expect(window.get_by_text("Fill this in.")).to_be_visible()
    accessible(page)
    pictures.take(page, "chat-4-hosted")
    window.get_by_label("Your name").fill("Anna Smith")
    window.get_by_role("button", name="Begin the chat").click()
    window.get_by_role("textbox", name="Write a message").fill("Hello")
    page.keyboard.press("Enter")
    expect(window.get_by_role("log")).to_contain_text("Hello")
    assert Path(pictures.folder).exists()
