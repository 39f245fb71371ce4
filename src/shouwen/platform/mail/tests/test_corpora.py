"""The parser against real and deliberately broken mail, and against the standard library's own policy."""

import email
import email.policy
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from shouwen.platform.mail.parsing import ParsedMail, parse
from shouwen.platform.mail.tests.corpora import mikel, mikel_folder, stdlib_folder

# message → (subject, sender's address, beginning of the text); '' where there is none to read
KNOWN = {
    "basic_email": ("Testing 123", "test@lindsaar.net", "Plain email.\n\nHope it works well!\n\nMikel"),
    "mix_caps_content_type": ("undef method parameter bug", "bb@bug.com", "foo bar"),
    "raw_email": ("NOTE: 한국말로 하는 것", "jamis@37signals.com", "대부분의 마찬가지로"),
    "raw_email10": ("", "xxx@xxxx.xxx", "Test test. Hi. Waving. m"),
    "raw_email_bad_time": (
        "[0]: XXXXXXX XXXXX XXXXX !",
        "yusuf75thu@auracom.net",
        "Filter2: This message has been scanned",
    ),
    "raw_email_incorrect_header": (
        "Stop adware/spyware once and for all.",
        "xxx@xxx.xxx",
        "You are infected with:",
    ),
    "raw_email_multiple_from": (
        "/home/svn/public/minebox revision 214",
        "tim@powerupdev.com",
        "<p><b>recordkick",
    ),
    "raw_email_quoted_with_0d0a": ("testing", "foo@example.com", "A fax has arrived from remote ID ''."),
    "raw_email_simple": ("Testing outlook", "mikel@nowhere.com", "Hello Mikel"),
    "raw_email_with_partially_quoted_subject": (
        'Re: Test: "漢字" mid "漢字" tail',
        "jamis@37signals.com",
        "대부분",
    ),
    "raw_email_trailing_dot": (
        "[skynet-help][60666] How are intermediate files handled in SkyNet?",
        "noreply@rubyforge.org",
        "Testing, testing, 123.",
    ),
    "japanese": ("まみむめも", "raasdnil@gmail.com", "かきくえこ"),
    "japanese_iso_2022": ("まみむめも", "raasdnil@gmail.com", "すみません。"),
    "japanese_shift_jis": ("test", "xxxxxxx@docomo.ne.jp", "あいうえお"),
    "ks_c_5601-1987": ("test", "from@example.com", "스티해"),
    "utf8_headers": ("Säying Hello", "jdöe@mächine.example", "body"),
    "bad_encoded_subject": ("TEST", "", "TEST"),
    "bad_subject": (
        "MySurvey.com: You have a survey waiting! 91123105",
        "carol@mysurvey.com",
        "You have a survey waiting!",
    ),
    "invalid_subject_characters": (
        "Formação FrenetikPolis: Mega Campanha Final Verão | Cursos de Setembro",
        "info@formacaofrenetik.info",
        "TEST",
    ),
    "trademark_character_in_subject": ("GA.comô has a lead for you", "j@yahoo-example.com", "Body Text"),
    "cant_parse_from": (
        "Meet the new MacBook Pro family. Now includes 13-inch.",
        "News@insideapple.apple.com",
        "From one solid piece of aluminum comes a MacBook Pro that's thin and light, beautifully",
    ),
    "content_transfer_encoding_text-html": (
        "Re: We will help you refinance your home.",
        "abhijit.862153drinnan@datavalet.com",
        "Hello,",
    ),
    "content_transfer_encoding_qp_with_space": (
        "Low or High Blood Pressure? We can help.",
        "fyouizjnp@swissonline.ch",
        "If you're in need of a good RX site",
    ),
    "encoding_madness": (
        "eBay Bid - 2008 Ford Super Duty F-350 DRW King Ranch Crew Cab 4x4 (156) - Stock# XXXX",
        "no-reply@crm.el-example.org",
        "Body Text",
    ),
    "multiple_content_types": ("Redacted", "redacted@flashmail.net", "foo"),
    "multiple_references_with_one_invalid": ("Redacted", "redacted@flashmail.net", "foo"),
    "missing_body": ("REDACTED", "redacted@attglobal.net", ""),
    "weird_to_header": ("", "anonymous@i.tp.host", "CONTACT:"),
    "raw_email_with_illegal_boundary": (
        "Testing outlook",
        "email_test@me.nowhere",
        "Hello\nThis is an outlook test",
    ),
    "example10": ("", "pete@silly.test", "Testing."),
    "example13": ("Saying Hello", "jdoe@machine.example", "This is a message just to say hello."),
}
FILES = {
    "attachment_nonascii_filename": [("ciële.txt", "text/plain")],
    "attachment_with_unquoted_name": [("This is a test.txt", "text/plain")],
    "attachment_with_quoted_filename": [("Eelanalüüsi päring.jpg", "image/jpeg")],
    "attachment_pdf": [("broken.pdf", "application/pdf")],
    "attachment_with_base64_encoded_name": [("This is a test.pdf", "application/octet-stream")],
    "attachment_only_email": [("blah.gz", "application/x-gzip")],
    "attachment_content_location": [("Photo25.jpg", "application/octet-stream")],
    "japanese_attachment": [("てすと.txt", "text/plain")],
    "japanese_attachment_long_name": [("かきくけこ" * 5 + ".txt", "text/plain")],
    "raw_email_with_nested_attachment": [
        ("truncated.png", "image/png"),
        ("smime.p7s", "application/pkcs7-signature"),
    ],
    "attachment_message_rfc822_inline_image": [("img.png", "image/png"), ("Testmail.eml", "message/rfc822")],
}
BOUNCES = {
    "multi_address_bounce1": ("bbbbvhvbbvkjbhfbvbvjhb@gmail.com", "5.1.1", 5, True),
    "multipart_report_multiple_status": ("u@ci.com", "5.3.0", 1, True),
    "report_422": ("fraser@oooooooo.com.au", "4.2.2", 1, False),
    "report_530": ("edwin@zzzzzzz.com", "5.3.0", 1, True),
    "raw_email_with_mimepart_without_content_type": ("larose.julie@courrier.uqam.ca", "4.5.0", 1, False),
}


@pytest.mark.parametrize("name", KNOWN)
def test_a_known_message_reads_as_it_was_meant(name: str) -> None:
    subject, sender, text = KNOWN[name]
    mail = parse(mikel(name))
    assert mail.subject == subject
    assert mail.from_.email == sender
    assert mail.full_text.startswith(text)
    assert bool(mail.full_text) == bool(text)


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_a_known_message_have_name_and_true_type(name: str) -> None:
    assert [(one.filename, one.content_type) for one in parse(mikel(name)).attachments] == FILES[name]


@pytest.mark.parametrize("name", BOUNCES)
def test_a_delivery_report_names_recipient_and_code(name: str) -> None:
    recipient, status, count, permanent = BOUNCES[name]
    mail = parse(mikel(name))
    assert mail.auto == "bounce"
    assert mail.bounce is not None
    assert (mail.bounce.recipient, mail.bounce.status, len(mail.bounce.failed)) == (recipient, status, count)
    assert mail.bounce.permanent is permanent
    assert re.fullmatch(r"<\S+@\S+>", mail.bounce.original_message_id)


@dataclass
class Count:
    messages: int = 0
    raised: int = 0
    empty: int = 0
    replaced: int = 0

    def line(self) -> str:
        return f"{self.messages:5d} messages {self.raised:4d} raised {self.empty:4d} empty {self.replaced:4d} with U+FFFD"


def _baseline(raw: bytes, count: Count) -> None:
    """What a program gets that trusts the standard library's default policy."""
    count.messages += 1
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        subject, body = str(message["subject"] or ""), message.get_body(("plain", "html"))
        text = str(body.get_content()) if body is not None else ""
    except Exception:
        count.raised += 1
        return
    count.empty += not text.strip()
    count.replaced += "\ufffd" in subject + text


def _ours(raw: bytes, count: Count) -> ParsedMail:
    count.messages += 1
    mail = parse(raw)
    count.raised += any("taken apart" in defect for defect in mail.defects)
    count.empty += not mail.full_text
    count.replaced += "\ufffd" in _shown(mail)
    return mail


def _shown(mail: ParsedMail) -> str:
    return "".join(
        [mail.subject, mail.full_text, mail.text, mail.quoted, mail.html, mail.from_.name]
        + [one.filename for one in mail.attachments]
    )


def _files(corpus: str) -> list[Path]:
    if corpus == "mikel":
        return sorted(path for path in mikel_folder().glob("*/*") if path.is_file())
    return sorted(path for path in stdlib_folder().glob("*") if path.is_file())


@pytest.mark.parametrize("corpus", ["mikel", "stdlib"])
def test_no_message_is_lost_and_the_standard_policy_is_beaten(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs, ours = Count(), Count()
    for path in _files(corpus):
        raw = path.read_bytes()
        _baseline(raw, theirs)
        mail = _ours(raw, ours)
        assert mail.full_text or mail.subject or mail.attachments or mail.refusal or mail.from_.email, (
            path.name
        )
        assert "\ufffd" not in _shown(mail) or b"\xef\xbf\xbd" in raw, path.name
        assert "\x00" not in _shown(mail)
    with capsys.disabled():
        print(f"\n{corpus}: standard policy {theirs.line()}\n{corpus}: ours            {ours.line()}")
    assert ours.raised == 0
    assert ours.empty < theirs.empty
    assert ours.replaced < theirs.replaced


def test_text_is_empty_only_where_the_message_has_none() -> None:
    wordless = {
        "attachment_message_rfc822_inline_image",  # two pictures
        "attachment_only_email",
        "attachment_with_quoted_filename",
        "bad_date_header",  # header only
        "bad_date_header2",
        "empty_in_reply_to",
        "missing_body",
        "must_supply_encoding",
    }
    empty = {path.stem for path in _files("mikel") if not parse(path.read_bytes()).full_text}
    assert empty == wordless
