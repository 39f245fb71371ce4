from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from shouwen.kernel.errors import Invalid, TooLarge
from shouwen.platform.mail.composing import OutgoingFile, compose, message_id_for
from shouwen.platform.mail.model import Address
from shouwen.platform.mail.parsing import ParsedMail, parse

LONG = "关于您反映的挖掘机铲斗开裂问题的处理方案以及后续保养安排的说明" * 3


def written(**changes: Any) -> EmailMessage:
    values: dict[str, Any] = {
        "from_": Address("演示客服中心", "desk@demo.example"),
        "to": [Address("张三, 采购部", "k@demo.example")],
        "subject": "关于铲斗",
        "text": "您好，已安排师傅上门。",
        "key": "message:42",
        "domain": "mail.demo.example",
        "at": datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC),
    }
    return compose(**(values | changes))


def read_back(**changes: Any) -> ParsedMail:
    return parse(written(**changes).as_bytes())


def test_a_letter_reads_back_as_it_was_written() -> None:
    mail = read_back(cc=[Address("", "c@demo.example")], reply_to=Address("客服", "r@demo.example"))
    assert mail.subject == "关于铲斗"
    assert mail.from_ == Address("演示客服中心", "desk@demo.example")
    assert mail.to == (Address("张三, 采购部", "k@demo.example"),)
    assert mail.cc == (Address("", "c@demo.example"),)
    assert mail.answer_to == Address("客服", "r@demo.example")
    assert mail.text == "您好，已安排师傅上门。"
    assert mail.date == datetime(2026, 1, 5, 1, 2, 3, tzinfo=UTC)


def test_a_retry_has_the_same_message_id() -> None:
    assert (
        read_back().message_id
        == read_back(text="other").message_id
        == message_id_for("message:42", "mail.demo.example")
    )
    assert read_back(key="message:43").message_id != read_back().message_id


def test_no_line_on_the_wire_is_too_long_or_outside_ascii() -> None:
    raw = written(
        subject=LONG, attachments=[OutgoingFile(f"{LONG}.pdf", "application/pdf", b"%PDF")]
    ).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_long_chinese_subjects_and_file_names_survive() -> None:
    mail = read_back(
        subject=LONG,
        token="[SW26-000042-x7Kp]",
        attachments=[OutgoingFile(f"{LONG}.pdf", "application/pdf", b"%PDF")],
    )
    assert mail.subject == f"{LONG} [SW26-000042-x7Kp]"
    assert mail.attachments[0].filename == f"{LONG}.pdf"
    assert mail.attachments[0].content == b"%PDF"


def test_the_token_is_put_behind_the_subject_once() -> None:
    assert read_back(token="[SW1-a]").subject == "关于铲斗 [SW1-a]"
    assert read_back(token="[SW1-a]", subject="Re: 关于铲斗 [SW1-a]").subject == "Re: 关于铲斗 [SW1-a]"


def test_answers_are_threaded_with_ids_as_they_were() -> None:
    ids = [f"<{'x' * 90}.{number}@demo.example>" for number in range(40)]
    message = written(in_reply_to=ids[-1], references=ids)
    mail = parse(message.as_bytes())
    assert mail.in_reply_to == ids[-1]
    assert mail.references == (ids[0], *ids[-19:])
    assert b"=?" not in message.as_bytes().split(b"References:")[1].split(b"X-Shouwen")[0]


def test_machine_mail_says_so() -> None:
    assert written()["Auto-Submitted"] is None
    assert written(automatic=True)["Auto-Submitted"] == "auto-generated"
    assert written(automatic=True, in_reply_to="<1@a>")["Auto-Submitted"] == "auto-replied"
    assert read_back(automatic=True, loop_key="desk-1").header("X-Shouwen-Loop") == "desk-1"
    assert parse(written(loop_key="desk-1").as_bytes(), loop_key="desk-1").auto == "loop"


def test_the_html_form_stands_beside_the_text_with_its_styles_inlined() -> None:
    html = (
        "<html><head><style>p{color:#c00}</style></head><body><p>您好</p><img src='cid:logo'></body></html>"
    )
    message = written(
        html=html, attachments=[OutgoingFile("logo.png", "image/png", b"\x89PNG\r\n\x1a\n", "logo")]
    )
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"]
    page = message.get_body(("html",))
    assert page is not None
    assert '<p style="color: #c00;">' in page.get_content()
    assert "<style" not in page.get_content()


def test_a_file_of_any_kind_goes_as_bytes() -> None:
    mail = read_back(
        attachments=[
            OutgoingFile("m.eml", "message/rfc822", b"Subject: x\n\ny"),
            OutgoingFile("a", "odd", b"\x00"),
        ]
    )
    assert [(one.filename, one.content) for one in mail.attachments] == [
        ("m.eml", b"Subject: x\n\ny"),
        ("a", b"\x00"),
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": "x\r\nBcc: e@evil.example"}, "subject"),
        ({"subject": "x\u2028y"}, "subject"),
        ({"subject": "x" * 501}, "subject"),
        ({"token": "[x]\nBcc: e@evil.example"}, "token"),
        ({"to": [Address("x\r\nBcc: e@evil.example", "k@demo.example")]}, "to"),
        ({"to": [Address("", "k@demo.example\r\nBcc: e@evil.example")]}, "to"),
        ({"to": [Address("", "k@demo.example, e@evil.example")]}, "to"),
        ({"to": [Address("", "nobody")]}, "to"),
        ({"to": [Address("", "客户@demo.example")]}, "to"),
        ({"to": [Address("", "k@" + "x" * 70 + ".example")]}, "to"),
        ({"to": []}, "to"),
        ({"to": [Address("", f"k{n}@demo.example") for n in range(101)]}, "to"),
        ({"cc": [Address("x\ny", "k@demo.example")]}, "cc"),
        ({"reply_to": Address("x\ny", "k@demo.example")}, "reply_to"),
        ({"from_": Address("x\ny", "k@demo.example")}, "from"),
        ({"in_reply_to": "<a@b>\r\nBcc: e@evil.example"}, "in_reply_to"),
        ({"attachments": [OutgoingFile("a\r\nb.pdf", "application/pdf", b"")]}, "attachments"),
        ({"domain": "a\r\nb"}, "domain"),
    ],
)
def test_what_could_smuggle_in_a_header_is_refused_with_its_field(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        written(**changes)
    assert caught.value.field == field


def test_references_that_are_none_are_left_out() -> None:
    assert read_back(references=["<a@b>", "<c\r\nBcc: d>", "junk"]).references == ("<a@b>",)


def test_a_letter_over_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge) as caught:
        written(
            attachments=[OutgoingFile("a.bin", "application/octet-stream", b"x" * 2_000_000)],
            max_bytes=1_000_000,
        )
    assert caught.value.field == "attachments"
