"""Conversations follow their customers: merges, undone merges, copies, erasure."""

import pytest

from shouwen.channels import queries, services
from shouwen.channels.models import Attachment, Call, Chat, Conversation, Message
from shouwen.channels.testing import AT
from shouwen.channels.vendors.chat.testing import make_chat
from shouwen.channels.vendors.phone import queries as calls
from shouwen.channels.vendors.phone.testing import a_system
from shouwen.platform.access import SYSTEM
from shouwen.platform.files import queries as files
from shouwen.platform.files.models import StoredFile
from shouwen.platform.files.services import store

pytestmark = pytest.mark.django_db


def said(customer_id: int, case: int, text: str = "你好") -> Message:
    file = store(name="photo.png", content=b"\x89PNG\r\n\x1a\n....", at=AT)
    return services.receive(
        channel="email",
        customer_id=customer_id,
        subject=("case", case),
        text=text,
        author_name="王芳",
        attachments=[file.pk],
        at=AT,
    )


def merge(winner: int, loser: int, merge_id: int) -> None:
    services.follow_merge(winner_id=winner, loser_id=loser, merge_id=merge_id, at=AT, by=SYSTEM)


def undo(winner: int, loser: int, merge_id: int) -> None:
    services.undo_merge(winner_id=winner, loser_id=loser, merge_id=merge_id, at=AT, by=SYSTEM)


def owners() -> list[int]:
    return list(Conversation.objects.order_by("id").values_list("customer_id", flat=True))


def test_a_merge_moves_conversations_and_its_undo_moves_them_back() -> None:
    said(1, 10)
    said(2, 20)
    merge(1, 2, 5)
    merge(1, 2, 5)
    assert owners() == [1, 1]
    undo(1, 2, 5)
    undo(1, 2, 5)
    assert owners() == [1, 2]


def test_calls_and_chats_follow_a_merge_and_its_undo() -> None:
    call = Call.objects.create(system=a_system(), external_id="c-1", customer_id=2, started_at=AT)
    chat = make_chat()
    talk = Chat.objects.create(
        key="k", account=chat, origin="", language="en", customer_id=2, opened_at=AT, seen_at=AT
    )
    merge(1, 2, 5)
    assert [one.pk for one in calls.of_customer(1)] == [call.pk]
    talk.refresh_from_db()
    assert talk.customer_id == 1
    undo(1, 2, 5)
    assert [one.pk for one in calls.of_customer(2)] == [call.pk]
    talk.refresh_from_db()
    assert talk.customer_id == 2


def test_two_merges_on_end_are_undone_one_by_one() -> None:
    said(1, 10)
    merge(2, 1, 5)
    merge(3, 2, 6)
    undo(3, 2, 6)
    assert owners() == [2]
    undo(2, 1, 5)
    assert owners() == [1]


def test_a_copy_for_the_customer_holds_what_was_said() -> None:
    said(1, 10, "修好了吗")
    said(2, 20, "别人的话")
    assert [row["text"] for row in queries.export_of(1)] == ["修好了吗"]
    assert queries.export_of(1)[0]["files"] == ["photo.png"]


def test_erasure_leaves_no_word_no_name_and_no_file() -> None:
    message = said(1, 10, "修好了吗")
    kept = said(2, 20, "别人的话")
    services.erase_customer(customer_id=1, at=AT, by=SYSTEM)
    message.refresh_from_db()
    kept.refresh_from_db()
    assert (message.text, message.author_name, message.address) == ("", "", "")
    assert Attachment.objects.filter(message=message).count() == 0
    assert kept.text == "别人的话"
    assert list(StoredFile.objects.order_by("pk").values_list("gone_at", flat=True)) == [AT, None]


def test_a_file_that_another_message_shows_too_stays() -> None:
    message, other = said(1, 10), said(2, 20)
    shared = message.attachments.get().file
    Attachment.objects.filter(message=other).update(file=shared)
    services.erase_customer(customer_id=1, at=AT, by=SYSTEM)
    assert files.content(shared.pk).startswith(b"\x89PNG")


def test_answers_go_to_the_conversation_that_exists() -> None:
    said(1, 10)
    said(1, 10)
    assert Conversation.objects.count() == 1
    assert queries.latest_inbound(("case", 10)) is not None
    assert queries.customer_of(("case", 10)) == 1
    assert [m.text for m in queries.messages_of(("case", 10))] == ["你好", "你好"]
