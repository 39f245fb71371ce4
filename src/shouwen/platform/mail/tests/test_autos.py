import pytest

from shouwen.platform.mail.parsing import ParsedMail, parse


def read(*headers: str, body: str = "text", **settings: str) -> ParsedMail:
    given = [] if any(line.startswith("From:") for line in headers) else ["From: k@demo.example"]
    raw = "\r\n".join([*given, *headers, "", body]).encode()
    return parse(
        raw, own_domains=frozenset({"mail.shouwen.example"}), loop_key=settings.get("loop_key", "desk-1")
    )


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Subject: 铲斗开裂"], None),
        (["Auto-Submitted: no"], None),
        (["Auto-Submitted: auto-replied"], "auto_reply"),
        (["Auto-Submitted: auto-generated (vacation)"], "auto_reply"),
        (["Precedence: auto_reply"], "auto_reply"),
        (["X-Autoreply: yes"], "auto_reply"),
        (["X-Autorespond: Out"], "auto_reply"),
        (["Subject: 自动回复：铲斗开裂"], "auto_reply"),
        (["Subject: 自动回复: Re: x"], "auto_reply"),
        (["Subject: Re:【自动回复】x"], "auto_reply"),
        (["Subject: Automatic reply: x"], "auto_reply"),
        (["Subject: Out of Office: x"], "auto_reply"),
        (["Subject: 请关闭自动回复功能"], None),
        (["X-Auto-Response-Suppress: All", "In-Reply-To: <1@a>"], "auto_reply"),
        (["X-Auto-Response-Suppress: All"], None),
        (["List-Id: <demo.list.example>"], "list"),
        (["Precedence: list"], "list"),
        (["Precedence: bulk"], None),
        (["X-Shouwen-Loop: desk-1"], "loop"),
        (["X-Shouwen-Loop: other-desk"], None),
        (["Message-ID: <1@mail.shouwen.example>"], "loop"),
        (["From: MAILER-DAEMON@mx.example", "Subject: Undelivered Mail Returned to Sender"], "bounce"),
        (["From: postmaster@163.com", "Subject: 系统退信"], "bounce"),
        (["From: postmaster@demo.example", "Subject: 我们的邮箱怎么配置？"], None),
        (["Return-Path: <>", "Subject: failure notice"], "bounce"),
        (["Return-Path: <>", "Subject: 铲斗开裂"], None),
    ],
)
def test_machine_mail_is_recognised(headers: list[str], kind: str | None) -> None:
    assert read(*headers).auto == kind


@pytest.mark.parametrize(
    ("headers", "answerable"),
    [
        (["Subject: x"], True),
        (["Precedence: bulk"], False),
        (["X-Auto-Response-Suppress: All"], False),
        (["List-Unsubscribe: <mailto:u@x>"], False),
        (["From: no-reply@shop.example"], False),
        (["From: noreply-12@shop.example"], False),
        (["Return-Path: <>"], False),
        (["Auto-Submitted: auto-replied"], False),
    ],
)
def test_a_machine_answers_only_people(headers: list[str], answerable: bool) -> None:
    assert read(*headers).answerable is answerable


def test_any_mark_is_ours_when_no_key_is_given() -> None:
    assert read("X-Shouwen-Loop: somebody", loop_key="").auto == "loop"


@pytest.mark.parametrize(
    ("body", "recipient", "status"),
    [
        (
            "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message.\n\n"
            "<k@demo.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy\n\n"
            "Return-Path: <s@mail.shouwen.example>\nMessage-ID: <case-1@mail.shouwen.example>\n",
            "k@demo.example",
            "5.1.1",
        ),
        (
            "抱歉，您的邮件被退回来了。\n收件人地址：k@demo.example\n退信原因：550 User not found\n\n"
            "Message-ID: <case-1@mail.shouwen.example>\n",
            "k@demo.example",
            "5.0.0",
        ),
    ],
)
def test_a_bounce_in_prose_is_understood(body: str, recipient: str, status: str) -> None:
    mail = read("From: MAILER-DAEMON@mx.example", "Subject: failure notice", body=body)
    assert mail.bounce is not None
    assert (mail.bounce.recipient, mail.bounce.status) == (recipient, status)
    assert mail.bounce.original_message_id == "<case-1@mail.shouwen.example>"
    assert mail.bounce.permanent
