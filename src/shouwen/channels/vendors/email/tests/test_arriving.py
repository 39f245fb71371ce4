"""What becomes of a mail that comes in, good and bad."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override

from shouwen.channels import intake, wording
from shouwen.channels.models import InboundRecord, Message
from shouwen.channels.testing import ADDRESS, AT, Upstairs, make_account, make_mail, make_outbound
from shouwen.channels.vendors.email import identity, receiver
from shouwen.channels.vendors.email.arriving import Imported, import_raw, open_refused
from shouwen.kernel.errors import N_, Invalid, Refused, Sentence
from shouwen.platform.access import SYSTEM
from shouwen.platform.files import queries as files
from shouwen.platform.mail.imap import NotStored

pytestmark = pytest.mark.django_db


def take(raw: bytes, **values: object) -> Imported:
    return import_raw(raw, source="test", at=values.pop("at", AT), by=SYSTEM, **values)


def test_a_mail_opens_a_request_with_its_words_its_files_and_its_writer(upstairs: Upstairs) -> None:
    imported = take(make_mail(files=(("照片.png", b"\x89PNG\r\n\x1a\n...."),)))
    message = imported.record.message
    assert imported.result == "opened"
    assert message.text == "挖掘机铲斗开裂，请马上处理"
    assert message.title == "铲斗开裂"
    assert message.address == "wang@customer.example"
    assert [a.file.name for a in message.attachments.all()] == ["照片.png"]
    assert upstairs.opened[0].from_name == "王芳"
    assert files.content(message.raw_file_id).startswith(b"From:")


def test_the_same_bytes_twice_change_nothing(upstairs: Upstairs) -> None:
    raw = make_mail(message_id="<one@customer.example>")
    take(raw)
    again = take(raw)
    assert again.result == "duplicate"
    assert Message.objects.count() == InboundRecord.objects.count() == 1
    assert len(upstairs.opened) == 1


def test_another_copy_with_the_same_message_id_is_registered_and_opens_nothing(upstairs: Upstairs) -> None:
    take(make_mail(message_id="<one@customer.example>"))
    copy = take(make_mail("another way", message_id="<one@customer.example>"))
    assert copy.result == "duplicate"
    assert copy.record.result == "duplicate"
    assert b"another way" in files.content(copy.record.raw_file_id)
    assert len(upstairs.opened) == 1
    assert open_refused(record_id=copy.record.pk, at=AT, by=SYSTEM).subject == ("case", 2)


def test_an_answer_threads_by_its_references(upstairs: Upstairs) -> None:
    take(make_mail(message_id="<one@customer.example>"))
    answer = take(
        make_mail("还有一张照片", message_id="<two@customer.example>", References="<one@customer.example>")
    )
    assert answer.result == "appended"
    assert answer.subject == ("case", 1)


def test_an_answer_threads_by_the_signed_token_alone(upstairs: Upstairs) -> None:
    take(make_mail(message_id="<one@customer.example>"))
    title = f"Re: 铲斗 {identity.token_for(('case', 1))}"
    assert take(make_mail("好的", subject=title)).subject == ("case", 1)


def test_a_forged_token_counts_for_nothing_and_is_noted(upstairs: Upstairs) -> None:
    take(make_mail(message_id="<one@customer.example>"))
    good = identity.token_for(("case", 1))
    forged = good.replace(good[-9:-1], "aaaaaaaa")
    imported = take(make_mail("偷看", subject=f"Re: {forged}"))
    assert imported.result == "opened"
    assert imported.record.message.meta["forged"] is True
    assert upstairs.opened[1].forged


def test_a_token_of_a_request_that_is_gone_opens_a_new_one(upstairs: Upstairs) -> None:
    imported = take(make_mail(subject=f"Re: {identity.token_for(('case', 99))}"))
    assert imported.result == "opened"


def test_an_auto_reply_is_kept_folded_where_it_belongs(upstairs: Upstairs) -> None:
    take(make_mail(message_id="<one@customer.example>"))
    imported = take(
        make_mail(
            "我在休假",
            References="<one@customer.example>",
            Auto_Submitted="auto-replied",
            message_id="<a@b.example>",
        )
    )
    assert imported.result == "auto_reply"
    assert imported.record.message.folded
    assert imported.record.message.automatic
    assert not upstairs.appended


def test_an_auto_reply_to_nothing_is_only_registered(upstairs: Upstairs) -> None:
    imported = take(make_mail("我在休假", Auto_Submitted="auto-replied"))
    assert (imported.result, imported.record.message) == ("auto_reply", None)
    assert not upstairs.opened


def test_two_auto_responders_without_any_sign_are_stopped(upstairs: Upstairs) -> None:
    results = [
        take(
            make_mail(f"received {n}", message_id=f"<{n}@loop.example>"), at=AT + timedelta(seconds=n)
        ).result
        for n in range(30)
    ]
    assert results == ["opened"] * 20 + ["refused"] * 10
    assert InboundRecord.objects.filter(result="refused", raw_file=None).count() == 0


def test_a_loop_within_a_thread_is_kept_folded(upstairs: Upstairs) -> None:
    take(make_mail(message_id="<0@loop.example>"))
    results = [
        take(make_mail(f"again {n}", message_id=f"<{n}@loop.example>", References="<0@loop.example>")).result
        for n in range(1, 30)
    ]
    assert results == ["appended"] * 19 + ["auto_reply"] * 10


def test_old_mails_of_one_writer_are_no_loop_when_files_are_imported(upstairs: Upstairs) -> None:
    results = {
        take(
            make_mail(message_id=f"<{n}@old.example>", Date=f"Mon, 05 Jan 2026 {n % 24:02d}:00:00 +0800"),
            live=False,
        ).result
        for n in range(24)
    }
    assert results == {"opened"}


def test_our_own_mail_that_comes_back_opens_nothing(upstairs: Upstairs) -> None:
    make_account()
    own_id = identity.new_message_id(make_outbound(), ADDRESS)
    assert take(make_mail(message_id=own_id)).result == "refused"
    assert take(make_mail(sender=ADDRESS)).record.reason == "own_address"
    assert take(make_mail(X_Shouwen_Loop=identity.loop_key())).record.reason == "loop_header"
    assert not upstairs.opened


def test_a_bounce_marks_our_message_as_not_delivered(upstairs: Upstairs) -> None:
    message = make_outbound()
    Message.objects.filter(pk=message.pk).update(delivery="sent", external_id="<ours@desk.example>")
    bounce = (
        b"From: MAILER-DAEMON@mx.example\r\nTo: service@desk.example\r\nSubject: Undelivered Mail\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;"
        b" boundary=x\r\n\r\n"
        b"--x\r\n\r\nSorry.\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.example\r\n\r\n"
        b"Final-Recipient: rfc822; wang@customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 no such user\r\n\r\n--x\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        b"Message-ID: <ours@desk.example>\r\n\r\n--x--\r\n"
    )
    imported = take(bounce)
    message.refresh_from_db()
    assert imported.result == "bounce"
    assert imported.subject == ("case", 1)
    assert message.delivery == "failed"
    assert "550 no such user" in message.delivery_note


def test_three_hundred_recipients_do_not_matter(upstairs: Upstairs) -> None:
    imported = take(make_mail(to=", ".join(f"someone{n}@many.example" for n in range(300))))
    meta = imported.record.message.meta
    assert (len(meta["to"]), meta["recipients"]) == (20, 300)


def test_scripts_and_tracking_images_do_not_survive(upstairs: Upstairs) -> None:
    html = '<p onclick="steal()">你好<script>alert(1)</script><img src="https://spy.example/p.gif"></p>'
    message = take(make_mail("你好", html=html)).record.message
    assert "script" not in message.html
    assert "onclick" not in message.html
    assert ' src="https://spy' not in message.html


def test_a_mail_that_upstairs_refuses_is_kept_with_the_reason(upstairs: Upstairs) -> None:
    def no(inbound: object) -> None:
        raise Refused("Not today.")

    intake.register(no)
    try:
        imported = take(make_mail())
    finally:
        intake.unregister(no)
    assert (imported.result, imported.reason) == ("refused", "rejected: Not today.")
    assert imported.record.raw_file_id is not None
    assert Message.objects.count() == 0
    opened = open_refused(record_id=imported.record.pk, at=AT, by=SYSTEM)
    assert opened.subject == ("case", 1)
    assert InboundRecord.objects.get().result == "opened"


def test_nul_and_broken_letters_do_not_reach_the_database(upstairs: Upstairs) -> None:
    raw = b"From: x\x00y <a@b.example>\r\nSubject: nul\x00 \xff\xfe\r\n\r\nbody\x00 \xed\xa0\x80\r\n"
    assert take(raw).result == "opened"


def test_no_mail_is_taken_in_before_somebody_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_TAKERS", [])
    imported = take(make_mail())
    assert (imported.result, imported.reason) == ("refused", "nobody_takes_in")


def test_a_mail_of_a_known_customer_takes_few_statements(
    upstairs: Upstairs, django_assert_max_num_queries: Any
) -> None:
    take(make_mail(message_id="<one@customer.example>"))
    turn = (
        1 if connection.vendor == "postgresql" else 0
    )  # the raw mail's bytes are held against who wipes them
    with django_assert_max_num_queries(11 + turn):
        take(make_mail(message_id="<two@customer.example>"))
    with django_assert_max_num_queries(12 + turn):
        take(make_mail(message_id="<three@customer.example>", References="<two@customer.example>"))


MIKEL = Path(__file__).resolve().parents[7] / "shared" / "data" / "mail" / "mikel"


@pytest.mark.skipif(not MIKEL.is_dir(), reason="the collection of broken mails is not beside this repository")
def test_every_broken_mail_of_the_world_becomes_a_request_or_a_registered_refusal(upstairs: Upstairs) -> None:
    paths = sorted(p for p in MIKEL.rglob("*") if p.suffix == ".eml")
    first = {path: take(path.read_bytes(), live=False) for path in paths}
    for path, imported in first.items():
        assert imported.record.raw_file_id is not None, path
        assert imported.reason.split(":")[0] not in {"program_error", "rejected"}, (path, imported.reason)
        if imported.result in {"opened", "appended"}:
            assert imported.record.message.text.strip(), path
            if b"\xef\xbf\xbd" not in path.read_bytes():  # some were broken before they were sent
                assert "\ufffd" not in imported.record.message.title, path
    kept = (Message.objects.count(), InboundRecord.objects.count(), len(upstairs.opened))
    assert {take(path.read_bytes(), live=False).result for path in paths} == {"duplicate"}
    assert (Message.objects.count(), InboundRecord.objects.count(), len(upstairs.opened)) == kept


def test_why_a_mail_was_refused_is_said_in_the_readers_language() -> None:
    too_long = Sentence(N_("At most %(most)s characters; this has %(count)s."), {"most": 5, "count": 9})
    note = wording.rejected(Invalid(too_long, field="text"))
    with override("zh-hans"):
        assert wording.say(note) == "无法受理: 最多 5 个字符，现有 9 个。".replace(": ", "：")
    with override("en"):
        assert wording.say(note) == "It could not be taken in: At most 5 characters; this has 9."


def test_a_heading_neither_turns_the_line_it_stands_on_nor_is_invisible(upstairs: Upstairs) -> None:
    take(make_mail(subject="\u202e款退\u202c 未到\u200b", sender="\u202e王芳 <wang@customer.example>"))
    unseen = take(make_mail("\u200b\u200d\ufeff", subject="\u200b\u200d", sender="li@customer.example"))
    first, second = upstairs.opened
    assert (first.title, first.from_name) == ("款退 未到", "王芳")
    assert (second.title, unseen.text) == ("（无主题）", "（邮件没有正文。）")


def test_a_disk_that_takes_nothing_is_no_fault_of_the_mail(
    upstairs: Upstairs, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "full").write_bytes(b"")
    account = make_account()
    account.settings |= {"imap_host": "127.0.0.1", "imap_port": 1}
    mailbox = receiver.mailbox(account)
    good, settings.FILES_DIR = settings.FILES_DIR, tmp_path / "full" / "files"
    with pytest.raises(NotStored):
        mailbox.store(make_mail(message_id="<full@a.example>"), 7)
    settings.FILES_DIR = good
    mailbox.store(make_mail(message_id="<full@a.example>"), 7)
    assert Message.objects.get().external_id == "<full@a.example>"
