"""A connected system over real HTTP: in by a signed request, out by a signed request, refusals in the register."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shouwen.channels import queries, services, signing
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.testing import BOSS, Upstairs, everything_is_read, make_line
from shouwen.channels.vendors.simulating import call
from shouwen.channels.vendors.webhook import rules
from shouwen.channels.vendors.webhook.simulator import System
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a secret of the test only"


@pytest.fixture
def system(live_server: Any, upstairs: Upstairs) -> Iterator[System]:
    with System(SECRET) as system:
        host = system.url.removeprefix("http://")
        account = make_line("webhook", secret=SECRET, deliver_url=f"{system.url}/in", link_hosts=host)
        system.hook = f"{live_server.url}/hooks/webhook/{account.pk}/"
        yield system


def refusals() -> list[str]:
    return [record.reason for record in queries.registered() if record.result == "refused"]


def test_a_signed_request_is_kept_first_and_read_later(system: System, upstairs: Upstairs) -> None:
    assert system.says("挖掘机铲斗开裂").status_code == 202
    assert InboundRecord.objects.get().result == "waiting"
    assert upstairs.opened == []
    everything_is_read()
    assert [one.text for one in upstairs.opened] == ["挖掘机铲斗开裂"]
    message = Message.objects.get()
    assert (message.channel, message.address, message.author_name) == ("webhook", "u-5512", "王芳")
    assert InboundRecord.objects.get().result == "opened"


def test_the_next_word_of_the_same_sender_belongs_to_the_same_request(
    system: System, upstairs: Upstairs
) -> None:
    for text in ("铲斗开裂", "还有漏油"):
        system.says(text)
    everything_is_read()
    assert (len(upstairs.opened), len(upstairs.appended)) == (1, 1)
    assert Customer.objects.count() == 1


def test_an_answer_goes_out_signed_and_comes_back_as_delivered(system: System) -> None:
    system.says("铲斗开裂")
    everything_is_read()
    reply = services.send(
        subject=("case", 1), customer_id=1, to="u-5512", channel="webhook", text="马上来", at=now(), by=BOSS
    )
    everything_is_read()
    answer = system.answers[0]
    assert (answer["text"], answer["to"]) == ("马上来", "u-5512")
    reply.refresh_from_db()
    assert (reply.delivery, reply.external_id) == ("sent", answer["id"])
    system.sends(
        {"type": "report", "id": "r1", "message": answer["id"], "status": "failed", "detail": "gone"}
    )
    everything_is_read()
    reply.refresh_from_db()
    assert (reply.delivery, reply.delivery_note) == ("failed", "undelivered: gone")


@pytest.mark.parametrize(
    ("status", "delivery"), [(410, "failed"), (422, "failed"), (429, "queued"), (503, "queued")]
)
def test_an_answer_that_is_not_taken_is_tried_again_only_where_that_may_help(
    system: System, status: int, delivery: str
) -> None:
    system.status = status
    reply = services.send(
        subject=("case", 1), customer_id=1, to="u-5512", channel="webhook", text="在吗", at=now(), by=BOSS
    )
    everything_is_read()
    reply.refresh_from_db()
    assert reply.delivery == delivery
    assert str(status) in reply.delivery_note


def test_an_answer_whose_taking_was_not_heard_is_repeated_with_the_same_id(system: System) -> None:
    system.hang_up = True
    reply = services.send(
        subject=("case", 1), customer_id=1, to="u-5512", channel="webhook", text="在吗", at=now(), by=BOSS
    )
    everything_is_read()
    reply.refresh_from_db()
    assert reply.delivery == "queued"
    system.hang_up = False
    Message.objects.update(deliver_at=now())
    from shouwen.channels import tasks

    tasks.deliver(message_id=reply.pk)
    assert {one.json()["id"] for one in system.asked} == {system.answers[0]["id"]}


def test_a_wrong_signature_is_refused_and_shown(system: System) -> None:
    body, headers = system.signed({"id": "1", "sender": {"id": "x"}, "text": "我是别人"})
    assert call(system.hook, body + b" ", headers).status_code == 401
    assert call(system.hook, body, {**headers, signing.TIMESTAMP: "1"}).status_code == 401
    assert call(system.hook, body).status_code == 401
    everything_is_read()
    assert refusals() == ["wrong_signature"] * 3
    assert Message.objects.count() == 0


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_time_is_refused_and_shown(system: System, minutes: int) -> None:
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    body, headers = system.signed({"id": "1", "sender": {"id": "x"}, "text": "旧"}, at)
    assert call(system.hook, body, headers).status_code == 401
    assert refusals() == ["old_timestamp"]


def test_a_replay_is_refused_and_an_honest_second_try_changes_nothing(system: System) -> None:
    body = {"id": "1", "sender": {"id": "x"}, "text": "一次"}
    content, headers = system.signed(body)
    assert call(system.hook, content, headers).status_code == 202
    assert call(system.hook, content, headers).status_code == 409
    assert refusals() == ["replay"]
    again = call(system.hook, *system.signed(body, now() - timedelta(seconds=2)))
    assert (again.status_code, again.json()["again"]) == (200, True)
    everything_is_read()
    assert Message.objects.count() == 1


def test_a_stranger_cannot_fill_the_register(system: System) -> None:
    from shouwen.channels import rules as channel_rules

    account = Account.objects.get()
    for _try in range(channel_rules.MOST_REFUSALS + 5):
        services.refuse(account=account, reason="wrong_signature", at=now())
    assert InboundRecord.objects.count() == channel_rules.MOST_REFUSALS


def test_files_come_inside_or_from_hosts_the_administrator_trusts(system: System, upstairs: Upstairs) -> None:
    system.files["b.pdf"] = b"%PDF-1.4 test"
    files = [
        {"name": "a.txt", "content": base64.b64encode(b"hello").decode()},
        {"name": "b.pdf", "url": f"{system.url}/files/b.pdf"},
        {"name": "c.pdf", "url": "http://169.254.169.254/latest/meta-data"},
        {"name": "d.pdf", "url": f"{system.url}/files/absent"},
    ]
    assert system.says("看附件", attachments=files).status_code == 202
    everything_is_read()
    message = Message.objects.get()
    assert sorted(one.file.name for one in message.attachments.all()) == ["a.txt", "b.pdf"]
    assert "169.254.169.254" in message.text
    assert list(message.meta["not_fetched"]) == ["1"]


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"id": ""}, "id"),
        ({"sender": {}}, "sender"),
        ({"sender": "王芳"}, "sender"),
        ({"text": ""}, "text"),
        ({"text": ["x"]}, "text"),
        ({"text": "x" * 50_001}, "text"),
        ({"type": "pigeon"}, "type"),
        ({"attachments": [{"name": "a"}]}, "attachments.0"),
        ({"attachments": [{"name": "a", "content": "%%%"}]}, "attachments.0"),
        ({"attachments": [{}] * 11}, "attachments"),
        ({"type": "report", "status": "maybe"}, "status"),
    ],
)
def test_a_wrong_field_is_named(bent: dict[str, Any], field: str) -> None:
    import json

    body = {"id": "1", "sender": {"id": "x"}, "text": "好", **bent}
    with pytest.raises(Invalid) as caught:
        rules.parse(json.dumps(body).encode())
    assert field in caught.value.errors


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"1"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        rules.parse(body)


def test_a_wrong_field_answers_422_and_nothing_is_kept(system: System) -> None:
    answer = system.sends({"id": "1", "text": "谁"})
    assert answer.status_code == 422
    assert "sender" in answer.json()["errors"]
    assert InboundRecord.objects.count() == 0


def test_what_upstairs_refuses_stays_in_the_register_and_can_be_opened_by_hand(
    system: System, upstairs: Upstairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shouwen.channels import intake
    from shouwen.kernel.errors import Refused

    def refuses(inbound: Any) -> Any:
        raise Refused("not today")

    intake.register(refuses)
    system.says("请受理")
    everything_is_read()
    intake.unregister(refuses)
    record = InboundRecord.objects.get()
    assert (record.result, record.reason, record.openable) == ("refused", "rejected: not today", True)
    opened = services.open_again(record_id=record.pk, at=now(), by=BOSS)
    assert (opened.result, upstairs.opened[0].text) == ("opened", "请受理")


def test_the_test_button_sends_a_ping_and_says_what_came_back(system: System) -> None:
    from shouwen.channels import registry

    account = Account.objects.get()
    assert [step.ok for step in registry.get("webhook").test(account)] == [True]
    system.status = 500
    assert [step.ok for step in registry.get("webhook").test(account)] == [False]
    assert system.answers == []
