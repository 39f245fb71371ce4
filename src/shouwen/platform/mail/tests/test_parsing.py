import base64
from datetime import UTC, datetime

import pytest

from shouwen.platform.mail.parsing import Address, parse

WORDS = "您好，我的挖掘机铲斗开裂，请马上处理。"
TRADITIONAL = "您好，客戶反映鏟斗開裂，請馬上處理，謝謝。"


def mail(body: bytes = b"", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}".encode() for name, value in headers.items()]
    return b"\r\n".join([b"From: k@demo.example", *lines, b"", body])


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?gb2312?B?1eLKx7rcu7W1xE1pbnVzIKhDIEJsYWJsYQ==?=", "这是很坏的Minus – Blabla"),
        ("=?GBK?Q?=CD=CB=BF=EE?=", "退款"),
        ("=?utf-8?B?6YCA5qy+?= =?utf-8?B?5pyq5Yiw?=", "退款未到"),
        ("=?utf-8?B?6YCA5q?= =?utf-8?B?y+?=", "退款"),  # a character split between two words
        ("=?gb2312?B?zQ==?= =?gb2312?B?yw==?=", "退"),
        ("Re: =?utf-8?Q?=E9=80=80=E6=AC=BE?= now", "Re: 退款 now"),
        ("=?utf-8?B?6YCA5qy+", "退款"),  # cut off
        ("=?utf-8?Q?50% off?= x", "50% off x"),
        ("=?x-no-such?B?VEVTVA==?=", "TEST"),
        ("=?utf-8*zh?B?6YCA5qy+?=", "退款"),
        ("=?UTF-8?B??= leer", "leer"),
        ("=?iso-2022-jp?B?GyRCJDkkXyReJDskcyEjGyhC?=", "すみません。"),
        ("=?big5?B?sGi02g==?=", "退款"),
        ("plain = ? text ?=", "plain = ? text ?="),
    ],
)
def test_encoded_words_read_as_meant(header: str, subject: str) -> None:
    read = parse(mail(Subject=header)).subject
    assert read == subject


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030", "gb2312", "big5", "hz", "utf-16", "utf-7"])
def test_chinese_reads_in_every_declared_charset(charset: str) -> None:
    words = TRADITIONAL if charset == "big5" else WORDS
    assert parse(mail(words.encode(charset), Content_Type=f"text/plain; charset={charset}")).text == words


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030", "gb2312", "big5", "utf-16"])
def test_chinese_reads_where_no_charset_is_declared(charset: str) -> None:
    words = TRADITIONAL if charset == "big5" else WORDS
    assert parse(mail(words.encode(charset))).text == words


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("gb2312", "喆镕〇中文".encode("gb18030"), "喆镕〇中文"),  # beyond gb2312
        ("gbk", "𠮷野家的客户".encode("gb18030"), "𠮷野家的客户"),  # four bytes
        ("us-ascii", WORDS.encode("utf-8"), WORDS),
        ("iso-8859-1", "“curly” – dash".encode("cp1252"), "“curly” – dash"),
        ("utf-8", WORDS.encode("gbk"), WORDS),  # wrong name
        ("gb2312", WORDS.encode("utf-8"), WORDS),
        ("x-unknown", WORDS.encode("gbk"), WORDS),
        ("utf-8", (WORDS * 5).encode()[:-1], (WORDS * 5)[:-1]),  # cut in the last character
        ("us-ascii", "すみません。".encode("iso-2022-jp"), "すみません。"),
        ("utf-8", "すみません。".encode("iso-2022-jp"), "すみません。"),
        ("windows-1251", "Привет".encode("cp1251"), "Привет"),
        ("utf-16", WORDS.encode("utf-16"), WORDS),
        ("idna", b"plain", "plain"),
        ("base64", b"plain", "plain"),
    ],
)
def test_a_wrong_charset_name_does_not_spoil_the_text(charset: str, data: bytes, text: str) -> None:
    assert parse(mail(data, Content_Type=f"text/plain; charset={charset}")).text == text


def test_one_broken_byte_spoils_one_character() -> None:
    data = (WORDS * 4).encode()
    read = parse(mail(data[:30] + b"\xff" + data[30:], Content_Type="text/plain; charset=utf-8")).text
    assert read.count("挖掘机") == 4
    assert "\ufffd" not in read


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("base64", base64.b64encode(WORDS.encode())),
        ("base64", base64.b64encode(WORDS.encode()).rstrip(b"=")),
        ("BASE64; foo=bar", base64.encodebytes(WORDS.encode())),
        ("base64", b"\r\n \r\n".join(base64.b64encode(WORDS.encode())[i : i + 4] for i in range(0, 80, 4))),
        ("base64", base64.b64encode(WORDS.encode()[:10]) + b"\r\n" + base64.b64encode(WORDS.encode()[10:])),
        ("base64", WORDS.encode()),  # says base64, is not
        ("quoted printable", "".join(f"={byte:02X}" for byte in WORDS.encode()).encode()),
        ("quoted-printable", b"=E6=82=\r\n=A8" + WORDS[1:].encode()),
        ("8bits", WORDS.encode()),
        ("x-nonsense", WORDS.encode()),
    ],
)
def test_broken_transfer_encodings_are_mended(encoding: str, body: bytes) -> None:
    headers = {"Content_Type": "text/plain; charset=utf-8", "Content_Transfer_Encoding": encoding}
    assert parse(mail(body, **headers)).text == WORDS


def test_a_list_footer_behind_base64_is_kept() -> None:
    body = base64.encodebytes(WORDS.encode()) + b"\r\n_______________\r\ndemo mailing list\r\n"
    read = parse(mail(body, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding="base64"))
    assert read.full_text.startswith(WORDS)
    assert "demo mailing list" in read.full_text


def test_uuencoded_files_are_decoded() -> None:
    body = b"begin 644 a.txt\r\n" + b"#0V%T\r\n" + b"`\r\nend\r\n"
    headers = {
        "Content_Type": "application/octet-stream; name=a.txt",
        "Content_Transfer_Encoding": "x-uuencode",
        "Content_Disposition": "attachment",
    }
    assert parse(mail(body, **headers)).attachments[0].content == b"Cat"


@pytest.mark.parametrize(
    ("disposition", "filename"),
    [
        ("attachment; filename*=gb2312''%B7%A2%C6%B1.pdf", "发票.pdf"),
        ("attachment; filename*0*=utf-8''%E5%8F%91; filename*1*=%E7%A5%A8; filename*2=.pdf", "发票.pdf"),
        ('attachment; filename="=?gb2312?B?t6LGsS5wZGY=?="', "发票.pdf"),
        ("attachment; filename==?utf-8?B?5Y+R56WoLnBkZg==?=", "发票.pdf"),
        ("attachment; filename=发票 一.pdf", "发票 一.pdf"),
        ('attachment; filename="../../etc/发票.pdf"', "发票.pdf"),
        ('attachment; filename="C:\\\\temp\\\\发票.pdf"', "发票.pdf"),
        ('attachment; filename="gpj.\u202efdp.exe"', "gpj.fdp.exe"),
        ("attachment", "attachment.pdf"),
    ],
)
def test_file_names_are_readable_and_harmless(disposition: str, filename: str) -> None:
    read = parse(mail(b"%PDF-1.4 x", Content_Type="application/pdf", Content_Disposition=disposition))
    assert [one.filename for one in read.attachments] == [filename]


def test_a_file_is_what_its_bytes_are() -> None:
    read = parse(mail(b"MZ\x90\x00\x03\x00", Content_Type='image/jpeg; name="photo.jpg"'))
    assert read.attachments[0].content_type == "application/x-msdownload"
    assert read.attachments[0].declared_type == "image/jpeg"
    page = parse(mail(b"<html><script>x</script>", Content_Type='image/png; name="a.png"'))
    assert page.attachments[0].content_type == "text/html"


def test_a_message_without_an_id_gets_a_lasting_one() -> None:
    raw = mail(b"hello", Subject="x")
    first, second = parse(raw), parse(raw)
    assert first.message_id_made
    assert first.message_id == second.message_id
    assert first.message_id.startswith("<sha256-")
    assert first.message_id.endswith("@no-id.invalid>")
    assert parse(raw + b"!").message_id != first.message_id


def test_references_and_ids_are_found_however_written() -> None:
    read = parse(
        mail(Message_ID="<1 @ a.example>", In_Reply_To="Message of Monday <2@a>", References="<0@a><2@a>")
    )
    assert read.message_id == "<1@a.example>"
    assert read.in_reply_to == "<2@a>"
    assert read.references == ("<0@a>", "<2@a>")
    assert parse(mail(Message_ID="3@b.example")).message_id == "<3@b.example>"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("=?gb2312?B?1cXI/Q==?= <z@demo.example>", [("张三", "z@demo.example")]),
        ('"Last, First" <a@x.example>, b@y.example', [("Last, First", "a@x.example"), ("", "b@y.example")]),
        ("=?utf-8?Q?M=C3=BCller=2C_A?= <a@x.example>", [("Müller, A", "a@x.example")]),
        ("team: a@x.example, b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ("undisclosed-recipients:;", []),
        ("a@x.example (Demo Person)", [("Demo Person", "a@x.example")]),
        ("Demo a@x.example", [("Demo", "a@x.example")]),
        ("<mailto:a@X.Example>", [("", "a@x.example")]),
        ('"unclosed <a@x.example>, b@y.example', [("unclosed", "a@x.example"), ("", "b@y.example")]),
        (
            "张三 <z@demo.example>；李四 <l@demo.example>",
            [("张三", "z@demo.example"), ("李四", "l@demo.example")],
        ),
        ("no address here", []),
        ("", []),
    ],
)
def test_addresses_are_found_however_written(header: str, expected: list[tuple[str, str]]) -> None:
    assert list(parse(mail(To=header)).to) == [Address(*one) for one in expected]


def test_dates_come_in_utc_and_wild_ones_are_left_out() -> None:
    assert parse(mail(Date="Mon, 1 Jan 2024 12:00:00 +0800")).date == datetime(2024, 1, 1, 4, tzinfo=UTC)
    assert parse(mail(Date="Mon, 1 Jan 2024 12:00:00 (CST)")).date == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert parse(mail(Date="gestern")).date is None
    assert "unreadable date" in parse(mail(Date="32 Foo 99999")).defects


def test_html_alone_becomes_text() -> None:
    html = (
        "<html><head><style>p{color:red}</style><title>t</title></head><body><p>您好，</p><p>见<a href='https://demo.example/a'>"
        "工单</a></p><ul><li>一<li>二</ul><table><tr><td>型号</td><td>X100</td></tr></table><script>alert(1)</script></body>"
    )
    read = parse(mail(html.encode(), Content_Type="text/html; charset=utf-8"))
    assert read.text == "您好，\n\n见工单 <https://demo.example/a>\n\n- 一\n- 二\n\n型号  X100"
    assert "alert" not in read.html + read.text


def test_a_charset_in_the_page_itself_counts() -> None:
    html = f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>{WORDS}</p>'.encode("gbk")
    assert parse(mail(html, Content_Type="text/html")).text == WORDS


def test_the_quote_of_an_html_answer_is_folded_away() -> None:
    html = '<div>已收到，谢谢</div><blockquote>在 2024-01-01 12:00:00，"客服" 写道：<div>旧内容</div></blockquote>'
    read = parse(mail(html.encode(), Content_Type="text/html; charset=utf-8"))
    assert read.text == "已收到，谢谢"
    assert "旧内容" in read.quoted


def test_plain_and_html_forms_are_one_text() -> None:
    body = b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>hello</p>\r\n--b--\r\n"
    read = parse(mail(body, Content_Type="multipart/alternative; boundary=b"))
    assert (read.text, read.html) == ("hello", "<p>hello</p>")


@pytest.mark.parametrize(
    "header", ["multipart/mixed", "multipart/mixed; boundary=other", "multipart/mixed; boundary="]
)
def test_a_wrong_boundary_is_found_again(header: str) -> None:
    body = (
        f"--x1\r\n\r\n{WORDS}\r\n--x1\r\nContent-Type: image/gif; name=a.gif\r\n\r\nGIF89a\r\n--x1--".encode()
    )
    read = parse(mail(body, Content_Type=header))
    assert read.text == WORDS
    assert read.attachments[0].filename == "a.gif"


def test_a_forwarded_mail_is_kept_as_a_file_and_read_when_alone() -> None:
    inner = f"Subject: inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{WORDS}".encode()
    read = parse(mail(inner, Content_Type="message/rfc822"))
    assert read.attachments[0].filename == "inner.eml"
    assert read.text == WORDS


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"", "empty"),
        (b"\r\n\r\n \r\n", "empty"),
        (b"\x00" * 500, "empty"),
        (bytes(range(256)) * 20, "not_mail"),
    ],
)
def test_what_is_no_mail_is_refused_with_a_reason(raw: bytes, refusal: str) -> None:
    assert parse(raw).refusal == refusal


def test_a_mail_over_the_limit_is_refused_unread() -> None:
    read = parse(mail(b"x" * 5000, Subject="big"), max_bytes=1000)
    assert (read.refusal, read.subject) == ("too_large", "big")


@pytest.mark.parametrize(
    "raw",
    [
        f"From k@demo.example Mon Jan  1 12:00:00 2024\nSubject: 退款\n\n{WORDS}".encode(),
        f">From k@demo.example Mon Jan  1 12:00:00 2024\r\nSubject: 退款\r\n\r\n{WORDS}".encode(),
        f"\ufeffSubject: 退款\n\n{WORDS}".encode(),
        f"\r\n\r\nSubject: 退款\r\n\r\n{WORDS}".encode(),
        f"Subject: 退款\n\r\n{WORDS}".encode(),
        f"Subject: 退款\r\r{WORDS}".encode(),
        f"Subject: 退款\x00\r\n\r\n{WORDS}\x00".encode(),
        f"Subject: 退\n 款\nthis line is broken\nTo: a@b\n\n{WORDS}".encode(),
        f"Subject: 退款\n{WORDS}".encode(),
        b"Subject: " + "退款".encode("gbk") + b"\r\n\r\n" + WORDS.encode("gbk"),
    ],
)
def test_odd_starts_and_line_ends_are_read(raw: bytes) -> None:
    read = parse(raw)
    assert read.subject.replace(" ", "").startswith("退款")
    assert read.text == WORDS


def test_flowed_lines_are_joined() -> None:
    read = parse(mail(b"one \r\ntwo\r\n\r\n> q \r\nthree\r\n", Content_Type="text/plain; format=flowed"))
    assert read.full_text.startswith("one two\n\n")


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=b", "message/rfc822"])
def test_deep_nesting_ends(kind: str) -> None:
    raw = b"x"
    for number in range(300):
        open_, close = (b"--b%d\r\n" % number, b"\r\n--b%d--" % number) if "multi" in kind else (b"", b"")
        raw = f"Content-Type: {kind.replace('=b', f'=b{number}')}\r\n\r\n".encode() + open_ + raw + close
    assert not any("taken apart" in defect for defect in parse(raw).defects)


def test_three_hundred_recipients_are_all_read() -> None:
    to = ", ".join(f"r{number}@demo.example" for number in range(300))
    assert len(parse(mail(To=to)).to) == 300


def test_an_invitation_without_a_word_is_read_and_named() -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY;LANGUAGE=zh-CN:上门检修\\, 挖\r\n 掘机\r\n"
        "LOCATION:三号工地\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = parse(mail(calendar.encode(), Content_Type="text/calendar; charset=utf-8; method=REQUEST"))
    assert read.text == "上门检修, 挖掘机\n三号工地"
    assert [one.filename for one in read.attachments] == ["attachment.ics"]


def test_words_between_empty_boundaries_are_read() -> None:
    body = b"--\r\n\r\n\xe9\x93\xb2\xe6\x96\x97\r\n----"
    assert "铲斗" in parse(mail(body, Content_Type='multipart/mixed; boundary=""')).text
