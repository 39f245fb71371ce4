"""Any bytes at all: the parser answers, and what it answers can be shown and stored."""

import base64

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwen.platform.mail.parsing import ParsedMail, parse
from shouwen.platform.mail.parsing.charsets import decode

PHOTO = base64.encodebytes(b"\xff\xd8\xff\xe0" + bytes(range(200))).decode()
SEED = (
    "Return-Path: <k@demo.example>\r\nFrom: =?gb2312?B?1cXI/Q==?= <k@demo.example>\r\nTo: desk@demo.example\r\n"
    "Subject: =?utf-8?B?6YCA5qy+?= 退款\r\nMessage-ID: <1@demo.example>\r\nReferences: <0@demo.example>\r\n"
    'Date: Mon, 1 Jan 2024 12:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n'
    "--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain; charset=utf-8;"
    " format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E6=82=A8=E5=A5=BD \r\n> q\r\n"
    "--b2\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>hi<blockquote><a href=x>y</a></blockquote><img src=cid:1>\r\n"
    "--b2--\r\n--b1\r\nContent-Type: image/jpeg; name*0*=utf-8''%E5%8F%91; name*1=.jpg\r\nContent-ID: <1>\r\n"
    f"Content-Transfer-Encoding: base64\r\n\r\n{PHOTO}\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n"
    "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; k@demo.example\r\nStatus: 5.1.1\r\n--b1\r\n"
    "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ntext\r\n--b1--\r\n"
).encode()
FRAGMENTS = [
    b"--b1", b"--b1--", b"\r\n\r\n", b"\x00", b"=?", b"?=", b'"', b"<", b"boundary=", b"\xff\xfe", b"=", b"charset=utf-7",
    b"charset=hz", b"charset=idna", b"charset=unicode_escape", b"charset=zlib", b"Content-Type:", b"base64", b"x-uuencode",
    b"\x1b$B", b"\xed\xa0\x80", b"+2AA-", b"filename*=''%", b"Content-Type: message/rfc822\r\n\r\n", b"&#xD800;",
]  # fmt: skip
RELAXED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def must_hold(mail: ParsedMail) -> None:
    assert not any("taken apart" in defect for defect in mail.defects)
    shown = "".join(
        [mail.subject, mail.text, mail.quoted, mail.full_text, mail.html, mail.message_id, mail.from_.name]
    )
    shown += "".join(value for pair in mail.headers for value in pair) + "".join(
        one.filename for one in mail.attachments
    )
    assert "\x00" not in shown
    shown.encode("utf-8")  # no lone surrogates
    assert mail.message_id.startswith("<")


@RELAXED
@given(st.binary(max_size=2000))
def test_random_bytes_never_raise(raw: bytes) -> None:
    must_hold(parse(raw))


@RELAXED
@given(st.lists(st.tuples(st.integers(0, len(SEED)), st.integers(0, 40), st.sampled_from(FRAGMENTS) | st.binary(max_size=8)),
                min_size=1, max_size=8))  # fmt: skip
def test_a_real_mail_mutated_never_raises(cuts: list[tuple[int, int, bytes]]) -> None:
    raw = SEED
    for position, length, piece in cuts:
        raw = raw[:position] + piece + raw[position + length :]
    must_hold(parse(raw))


@RELAXED
@given(
    st.binary(max_size=300),
    st.sampled_from(["gb2312", "utf-8", "big5", "hz", "utf-7", "iso-2022-jp", "x", "utf-16", ""]),
)
def test_any_bytes_decode_to_text_without_replacement_signs(data: bytes, charset: str) -> None:
    text = decode(data, charset).text
    assert "\ufffd" not in text or b"\xef\xbf\xbd" in data or charset in ("utf-7", "utf-16") or data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x84\x31\xa4\x37" in data  # fmt: skip # noqa: E501


def test_the_unmutated_seed_reads() -> None:
    mail = parse(SEED)
    assert mail.subject == "退款 退款"
    assert mail.text == "您好"
    assert [one.filename for one in mail.attachments] == ["发.jpg", "inner.eml"]
