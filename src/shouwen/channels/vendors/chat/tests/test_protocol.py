"""The protocol of the window: sessions, messages sent once, other people's chats, origins, limits, files."""

import io

import pytest
from django.test import Client

from shouwen.channels.models import Chat, ChatLine, Message
from shouwen.channels.testing import Upstairs
from shouwen.channels.vendors.chat import rules
from shouwen.channels.vendors.chat.testing import SITE, Browser, make_chat, staffed_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(upstairs: Upstairs) -> Browser:
    account, _person = staffed_chat()
    found = Browser(account)
    assert found.opens().status_code == 201
    return found


def test_the_first_message_opens_a_request_and_later_ones_are_added(
    browser: Browser, upstairs: Upstairs
) -> None:
    first = browser.says("挖掘机铲斗开裂")
    assert first.status_code == 201
    assert browser.says("请尽快").status_code == 201
    (opened,) = upstairs.opened
    assert (opened.channel, opened.title, opened.team_id) == (
        "chat",
        "挖掘机铲斗开裂",
        browser.account.team_id,
    )
    assert [one.text for one in upstairs.appended] == ["请尽快"]
    assert [m.text for m in Message.objects.order_by("pk")] == ["挖掘机铲斗开裂", "请尽快"]
    assert first.json()["standing"]["place"] == 1


def test_a_message_sent_again_is_answered_with_the_first_ones_id(browser: Browser) -> None:
    first = browser.says("在吗", client_id="abcdefgh-1")
    again = browser.says("在吗", client_id="abcdefgh-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Message.objects.count() == ChatLine.objects.count() == 1


def test_a_visitor_sees_nothing_of_another_chat_by_guessing(browser: Browser) -> None:
    other = Browser(browser.account)
    other.opens()
    other.says("我的隐私")
    chat = Chat.objects.get(customer_id__isnull=False)
    for guess in ("", "x", str(chat.pk), chat.key, other.token[:-1], other.token.swapcase()):
        browser.token = guess
        assert browser.post("marks").status_code == 403
        assert browser.says("冒充").status_code == 403


def test_a_token_holds_only_for_its_own_chat_and_its_own_site(browser: Browser) -> None:
    elsewhere = make_chat(sites=f"{SITE} https://other.example.com")
    stranger = Browser(elsewhere, token=browser.token)
    assert stranger.says("别的渠道").status_code == 403
    browser.account.settings["sites"] = [SITE, "https://other.example.com"]
    browser.account.save()
    browser.origin = "https://other.example.com"
    assert browser.says("别的网站").status_code == 403


def test_only_the_sites_that_were_set_may_ask(browser: Browser) -> None:
    allowed = browser.post("marks")
    assert allowed["Access-Control-Allow-Origin"] == SITE
    assert "Origin" in allowed["Vary"]
    for origin in (
        "https://evil.example.com",
        "https://shop.example.com.evil.example",
        "null",
        "http://shop.example.com",
    ):
        browser.origin = origin
        refused = browser.opens()
        assert refused.status_code == 403
        assert "Access-Control-Allow-Origin" not in refused


def test_a_browser_may_ask_first_and_only_posts_are_answered(browser: Browser) -> None:
    address = f"/chat/{browser.account.address}/messages/"
    asked = Client().options(address, headers={"Origin": SITE})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "POST")
    assert Client().options(address, headers={"Origin": "https://evil.example.com"}).status_code == 403
    assert Client().get(address, headers={"Origin": SITE}).status_code == 405


def test_a_site_taken_from_the_settings_is_shut_out_at_once(browser: Browser) -> None:
    browser.account.settings["sites"] = []
    browser.account.save()
    assert browser.says("还在吗").status_code == 403


def test_a_chat_that_was_switched_off_does_not_exist(browser: Browser) -> None:
    browser.account.active = False
    browser.account.save()
    assert browser.says("还在吗").status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 4_001}, "text"),
        ({"text": "好", "client_id": "!"}, "client_id"),
        ({"text": "好", "file": "forged"}, "files"),
    ],
)
def test_bad_input_names_its_field(browser: Browser, given: dict[str, str], field: str) -> None:
    answer = browser.says(**given)
    assert answer.status_code in (404, 422)
    assert answer.json()["field"] == field
    assert not Message.objects.exists()


def test_who_floods_is_told_to_wait(browser: Browser) -> None:
    codes = [browser.says(f"第{n}条").status_code for n in range(2 * rules.RATES["say"] + 1)]
    assert codes[: rules.RATES["say"]] == [201] * rules.RATES["say"]
    assert 429 in codes


def test_a_file_is_kept_for_its_own_chat_alone(browser: Browser) -> None:
    def sends(who: Browser, content: bytes, name: str = "照片.png") -> object:
        file = io.BytesIO(content)
        file.name = name
        return who.post("files", file=file)

    kept = sends(browser, b"\x89PNG\r\n\x1a\nrest")
    assert kept.status_code == 201
    token = kept.json()["file"]
    other = Browser(browser.account)
    other.opens()
    assert other.says("看图", file=token).status_code == 404
    assert browser.says("", file=token).status_code == 201
    (attached,) = Message.objects.get().attachments.all()
    assert (attached.file.name, attached.file.content_type) == ("照片.png", "image/png")
    assert sends(browser, b"\x7fELF" + bytes(20), "photo.png").status_code == 409
    assert sends(browser, b"").status_code == 422
    assert sends(browser, bytes(rules.MOST_FILE_BYTES + 1)).status_code == 413


def test_the_form_before_the_chat_is_checked_and_recognises_the_customer(upstairs: Upstairs) -> None:
    account, _person = staffed_chat(ask_name="required", ask_email="optional", ask_matter="optional")
    browser = Browser(account)
    refused = browser.opens(email="nonsense")
    assert refused.status_code == 422
    assert set(refused.json()["errors"]) == {"name", "email"}
    assert browser.opens(name="王芳", email="wang@customer.example", matter="维修").status_code == 201
    browser.says("铲斗开裂")
    again = Browser(account)
    again.opens(name="王芳", email="WANG@customer.example")
    again.says("又开裂了")
    first, second = upstairs.opened
    assert (first.from_name, first.title) == ("王芳", "维修")
    assert first.customer_id == second.customer_id


def test_read_marks_go_forward_and_never_beyond_what_there_is(browser: Browser) -> None:
    first, line = (browser.says(text).json()["id"] for text in ("在吗", "喂"))
    for read in (line + 100, first, 10**17):
        assert browser.post("marks", read=read).status_code == 200
        assert Chat.objects.get().read_by_visitor == line
    assert browser.post("marks", read="x").status_code == 422
