"""A program's mistakes are told in the language of the person who reads the answer."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, Field

from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit import Channel, Strict, kit, needs_scope, services
from shouwen.platform.apikit.models import Token
from shouwen.platform.apikit.tests.conftest import Api, Room

pytestmark = pytest.mark.django_db


class Line(Strict):
    word: str


class Form(Strict):
    text: Annotated[str, Field(min_length=2, max_length=5, pattern="^[a-z]+$")] = "ab"
    count: Annotated[int, Field(gt=0, le=9)] = 1
    share: float = 0.5
    open: bool = False
    on: date | None = None
    at: AwareDatetime | None = None
    since: datetime | None = None
    kind: Literal["red", "green", "blue"] = "red"
    level: Literal[1, 2, 3] = 1
    lines: Annotated[list[Line], Field(min_length=1, max_length=2)] = [Line(word="x")]
    way: Channel = "phone"


@pytest.fixture
def room(settings: Any) -> Room:
    room = Room()

    @room.router.post("/forms")
    @needs_scope("test:write")
    def write(request: Any, payload: Form) -> dict[str, str]:
        return {}

    room.install(settings)
    return room


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"text": 1}, "text", "这里应为文本。"),
    ({"text": "a"}, "text", "至少需要 2 个字符。"),
    ({"text": "abcdef"}, "text", "最多 5 个字符。"),
    ({"text": "AB"}, "text", "写法不符合要求：^[a-z]+$"),
    ({"count": "x"}, "count", "这里应为整数。"),
    ({"count": 1.5}, "count", "这里应为整数。"),
    ({"count": 0}, "count", "必须大于 0。"),
    ({"count": 10}, "count", "不能大于 9。"),
    ({"share": "x"}, "share", "这里应为数字。"),
    ({"open": 7}, "open", "这里应为 true 或 false。"),
    ({"on": "2026-02-30"}, "on", "这里应为日期，例如 2026-10-01。"),
    ({"at": "soon"}, "at", "这里应为日期和时间，例如 2026-10-01T09:00:00+08:00。"),
    ({"at": "2026-10-01T09:00:00"}, "at", "这里应为日期和时间，例如 2026-10-01T09:00:00+08:00。"),
    ({"since": "2026-10-01T09:00:00"}, "since", "这里应为日期和时间，例如 2026-10-01T09:00:00+08:00。"),
    ({"at": "9000-10-01T09:00:00Z"}, "at", "时间应在 1900 年至 2200 年之间。"),
    ({"kind": "grey"}, "kind", "这里应为以下之一：'red', 'green', 'blue'"),
    ({"level": 4}, "level", "这里应为以下之一：1, 2, 3"),
    ({"lines": "x"}, "lines", "这里应为列表。"),
    ({"lines": []}, "lines", "至少需要 1 项。"),
    ({"lines": [{}]}, "lines.0.word", "此项必填。"),
    ({"lines": ["x"]}, "lines.0", "这里应为由名称和值组成的对象。"),
    ({"colour": 1}, "colour", "这里没有这个字段。"),
]


@pytest.mark.parametrize(("body", "field", "said"), WRONG)
def test_what_is_wrong_with_a_field_is_said_in_chinese(
    room: Room, api: Api, body: dict[str, Any], field: str, said: str
) -> None:
    answer = json.loads(api("POST", "/test/forms", body, **{"Accept-Language": "zh"}).content)
    assert (answer["status"], answer["field"], answer["errors"]) == (422, field, {field: said})


def test_it_is_said_in_english_to_who_reads_english(room: Room, api: Api) -> None:
    answer = json.loads(api("POST", "/test/forms", {"kind": "grey"}, **{"Accept-Language": "en"}).content)
    assert answer["detail"] == "kind: One of these is expected: 'red', 'green', 'blue'"


def test_an_unknown_channel_is_answered_with_those_there_are(room: Room, api: Api) -> None:
    answer = json.loads(api("POST", "/test/forms", {"way": "owl"}, **{"Accept-Language": "zh"}).content)
    assert answer["detail"].startswith("way: 没有这个渠道。可用的有：phone, ")


def test_a_missing_body_is_called_the_body(room: Room, api: Api) -> None:
    answer = json.loads(api("POST", "/test/forms", [], **{"Accept-Language": "zh"}).content)
    assert (answer["status"], answer["field"]) == (422, "body")


def test_who_sends_a_revoked_token_is_not_told_to_send_one(
    room: Room, api: Api, made: tuple[Token, str]
) -> None:
    services.revoke(token_id=made[0].pk, at=now(), by=SYSTEM)
    kit.forget_tokens()
    answer = json.loads(api("POST", "/test/forms", {}, **{"Accept-Language": "zh"}).content)
    assert (answer["status"], answer["detail"]) == (401, "没有这个令牌；它可能已过期或被撤销。")
