"""The script: one request, small, nothing a strict policy refuses, in both languages; the pages around it."""

import gzip
import json
import re

import pytest
from django.test import Client

from shouwen.channels.models import Account, Chat
from shouwen.channels.vendors.chat import widget
from shouwen.channels.vendors.chat.testing import make_chat, staffed_chat
from shouwen.people.testing import a_person

pytestmark = pytest.mark.django_db
MOST_BYTES = 30_000


def script(account: Account, **headers: str) -> object:
    return Client().get(f"/chat/{account.address}/widget.js", headers=headers)


def test_the_script_is_one_small_cachable_file_for_any_site() -> None:
    account = make_chat(title="在线客服")
    answer = script(account, **{"Accept-Encoding": "gzip"})
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(answer.content) < MOST_BYTES
    assert gzip.decompress(answer.content) == script(account).content
    assert script(account, **{"If-None-Match": answer["ETag"]}).status_code == 304
    assert not answer.cookies


def test_the_script_holds_nothing_that_a_strict_policy_refuses() -> None:
    code = widget.CODE.read_text()
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\b|import\(",
        code,
    )
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)[a-z]", code)


def test_a_text_cannot_break_out_of_the_script() -> None:
    body = script(make_chat(title="</script><script>alert(1)</script>\u2028")).content.decode()
    assert "</script" not in body
    assert "\u2028" not in body
    config = json.loads(body[body.rindex('({"ask"') + 1 : body.rindex(")")])
    assert config["title"].startswith("</script>")


def test_every_word_of_the_window_is_said_in_both_languages() -> None:
    chinese, english = widget.words("zh-hans"), widget.words("en")
    used = set(re.findall(r'say\("([a-z_]+)"', widget.CODE.read_text()))
    assert used <= set(chinese)
    assert [key for key in chinese if chinese[key] == english[key]] == []


def test_the_hosted_page_and_the_script_are_gone_with_the_chat() -> None:
    account = make_chat()
    client = Client()
    assert client.get(f"/chat/{account.address}/").status_code == 200
    Account.objects.update(active=False)
    assert client.get(f"/chat/{account.address}/").status_code == 404
    assert script(account).status_code == 404


def test_an_administrator_sets_a_chat_up_and_gets_the_line_to_paste() -> None:
    client = Client()
    client.force_login(a_person("administrator").user)
    values = {"name": "官网", "sites": "https://shop.example.com", "at_once": "2", "ask_name": "required"}
    wrong = client.post("/settings/chats/new/", {**values, "sites": "shop", "from": "9", "days": ["1", "2"]})
    assert wrong.status_code == 422
    assert "https://www.example.com" in wrong.content.decode()
    made = client.post("/settings/chats/new/", {**values, "days": ["1", "2"], "from": "09:00", "to": "18:00"})
    assert made.status_code == 302
    account = Account.objects.get(channel="chat")
    assert account.settings["days"] == ["1", "2"]
    page = client.get(made["Location"]).content.decode()
    assert f"/chat/{account.address}/widget.js" in page
    assert client.post(made["Location"], {**values, "name": "商城", "at_once": "5"}).status_code == 302
    changed = Account.objects.get(channel="chat")
    assert (changed.name, changed.address, changed.settings["at_once"]) == ("商城", account.address, 5)
    client.post(f"/settings/chats/{account.pk}/activity/", {})
    assert "商城" in client.get("/settings/chats/").content.decode()
    assert not Account.objects.get(channel="chat").active


def test_who_may_not_see_the_case_hears_and_says_nothing_in_its_chat() -> None:
    from shouwen.channels.testing import taking_in
    from shouwen.channels.vendors.chat.testing import Browser

    account, person = staffed_chat()
    with taking_in():
        browser = Browser(account)
        browser.opens()
        browser.says("我的隐私")
        client = Client()
        client.force_login(person.user)
        for address in ("place", "doing"):
            send = client.get if address == "place" else client.post
            assert send(f"/chats/{Chat.objects.get().pk}/{address}/").status_code == 404
