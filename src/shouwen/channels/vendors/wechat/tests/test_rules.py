"""Messages in words, the time in which an answer may be written, error codes."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.channels.vendors.wechat import rules

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "text", "media"),
    [
        ({"MsgType": "text", "Content": "铲斗开裂"}, "铲斗开裂", ""),
        ({"MsgType": "voice", "MediaId": "m1", "Recognition": "你好"}, "你好", "m1"),
        ({"MsgType": "image", "MediaId": "m2"}, "", "m2"),
        (
            {"MsgType": "location", "Label": "人民路1号", "Location_X": "31.2", "Location_Y": "121.4"},
            "人民路1号 (31.2, 121.4)",
            "",
        ),
        ({"MsgType": "link", "Title": "说明书", "Url": "https://x.example"}, "说明书\nhttps://x.example", ""),
        ({"MsgType": "sticker"}, "sticker", ""),
        ({}, "", ""),
    ],
)
def test_every_sort_of_message_says_something(fields: dict[str, str], text: str, media: str) -> None:
    words = rules.words_of(fields)
    assert (words.text, words.media) == (text, media)


def test_an_answer_may_be_written_for_48_hours_and_five_times() -> None:
    assert rules.window(AT, 0, AT + timedelta(hours=48)).why == ""
    assert rules.window(AT, 0, AT + timedelta(hours=48, seconds=1)).why == "over"
    assert rules.window(AT, 4, AT).left == 1
    assert rules.window(AT, 5, AT).why == "used"
    assert rules.window(None, 0, AT).why == "never"


@pytest.mark.parametrize(
    ("code", "result", "key"),
    [
        (45015, "permanent", "out_of_window"),
        (45047, "permanent", "quota_used"),
        (45009, "temporary", "rate_limit"),
        (42001, "temporary", "temporary"),
        (-1, "temporary", "temporary"),
        (48001, "permanent", "permanent"),
    ],
)
def test_an_error_code_says_whether_to_try_again(code: int, result: str, key: str) -> None:
    outcome, note = rules.failure(code, "hint")
    assert (outcome, note.partition(":")[0]) == (result, key)


def test_a_document_type_is_not_read() -> None:
    with pytest.raises(rules.NoXml):
        rules.fields_of('<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>')


@pytest.mark.parametrize("text", ["", "<xml>", "nothing", "<xml></xml"])
def test_what_is_no_xml_is_said_so(text: str) -> None:
    with pytest.raises(rules.NoXml):
        rules.fields_of(text)
