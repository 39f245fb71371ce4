"""Times said in Chinese: 10分钟内, 明天上午, 今天下班前, 下周三, 三个工作日内, 月底前, 下午五点半."""

import re
from datetime import time
from typing import Literal

from .numerals import ZH, chinese
from .shape import Clock, Day, Part, Said, Span, Unit

_UNITS: dict[str, Unit] = {
    "秒": "second", "秒钟": "second", "分": "minute", "分钟": "minute", "小时": "hour", "钟头": "hour",
    "工作日": "workday", "天": "day", "日": "day", "自然日": "day", "周": "week", "星期": "week",
    "礼拜": "week", "月": "month",
    "h": "hour", "H": "hour", "hr": "hour", "min": "minute",
}  # fmt: skip

_LENGTH = re.compile(
    rf"(?P<past>过去的?|最?近|前|这)?(?P<lead>最[迟晚多]再等|再等|最[迟晚多]|不超过|至多|再过|再等?我?|过|约|大约|大概|预计|需要?|等我?|给我)?\s*"
    rf"(?:(?P<low>{ZH})\s*(?:[-~—–至到]|或者?)\s*)?(?P<n>{ZH})\s*"
    r"(?:(?P<quarter>刻钟)|(?P<ge>个)?(?P<and_half>半)?\s*"
    r"(?P<unit>工作日|自然日|小时|钟头|分钟|秒钟|星期|礼拜|分|秒|天|日|周|月|(?:h|H|hr|min)(?![A-Za-z]))(?P<tail_half>半)?(?:的?时间)?)"
    r"\s*(?P<suffix>[以之]?内|[以之]?后|左右|[以之]?前)?"
)
_WEEKDAY = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_OFFSETS = {
    "今天": 0, "今日": 0, "今": 0, "当天": 0, "当日": 0, "本日": 0, "即日": 0, "明天": 1, "明日": 1, "明": 1,
    "次日": 1, "第二天": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_PARTS: dict[str, Part] = {
    "凌晨": "dawn", "一早": "early", "一大早": "early", "清早": "early", "早上": "early", "早晨": "early",
    "早": "early", "上午": "morning", "中午": "noon", "正午": "noon", "午": "noon", "午间": "noon",
    "下午": "afternoon", "午后": "afternoon", "傍晚": "dusk", "晚上": "evening", "晚间": "evening",
    "夜里": "evening", "夜间": "evening", "晚": "evening", "下班": "closing", "收工": "closing",
    "上班": "opening", "一上班": "opening", "开门": "opening",
}  # fmt: skip

_DAY = (
    r"(?P<offset>大后天|后天|后日|今天|今日|明天|明日|次日|第二天|当天|当日|本日|即日|[今明](?=[早晚午]))"
    r"|(?P<next>下下个?|下个?|本|这个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
    r"|(?P<whole_week>下下个?|下个?|本|这个?)(?:周|星期|礼拜)(?![一二三四五六日天末])"
    r"|(?:(?P<whole_month>本|这个?|下个?)|(?P<month_number>\d{1,2}|[一二三四五六七八九十]{1,2}))?月(?P<month_end>底|末)"
    r"|(?:(?P<month_next>本|这个?|下个?)|(?P<month_named>\d{1,2}|[一二三四五六七八九十]{1,2}))月(?P<early>初|上旬|中旬?|下旬)|年(?P<year_end>底|末)"
    r"|(?P<year>20\d\d)\s*[年/.-]\s*(?P<y_month>\d{1,2})\s*[月/.-]\s*(?P<y_day>\d{1,2})(?!\d)\s*[日号]?"
    r"|(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月\s*(?P<mday>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?"
    r"|(?:(?P<this>本|这个?|下个?)月)?(?P<only_day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?!内|之内|以内|楼|线|机|店|工|站|柜|窗)"
)
_PART = (
    r"(?P<part>凌晨|一大早|一早|清早|早上|早晨|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜里|夜间|一?上班|下班|收工"
    r"|(?<=[今明天])早|(?<=[今明天])晚|(?<=[今明])午)"
)
_CLOCK = (
    r"(?:(?P<from>\d{1,2}(?::\d{2}|[点时])?|[一二三四五六七八九十]{1,3}点?)\s*(?:[-~—–至到])\s*)?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?!\d)"
    r"|(?P<zhour>\d{1,2}|[零一二两三四五六七八九十]{1,3})\s*[点时](?!间|候)"
    r"(?:(?P<half>半)|(?P<quarters>[一三])刻|(?P<zmin>\d{1,2}|[零一二三四五六七八九十]{1,3})分?)?[整钟]?)"
)
_PAREN = r"(?:\s*[（(](?:周|星期)[一二三四五六日天][)）])?"
_EDGE = r"\s*(?P<edge>[以之]?前|[以之]?内|[以之]?后|左右|开始|起)?"
_POINT = re.compile(
    rf"(?P<lead>不晚于|不迟于|最[迟晚快]|从|自|不是|大概|大约|约|预计|在|于)?(?:(?:{_DAY}){_PAREN}\s*的?)?(?:{_PART})?\s*(?:{_CLOCK})?{_EDGE}"
)
_PartOfMonth = Literal["month_early", "month_middle", "month"]
_EARLY: dict[str, _PartOfMonth] = {
    "初": "month_early",
    "上旬": "month_early",
    "下旬": "month",
}
_ATTRIBUTE = re.compile(r"的(?:来电|电话|来信|邮件|沟通|通话|例?会|航班|班|订单|单子|预约|录音|短信)")
_NUMBERED = {"第", "编", "单", "款", "条"}
_LEADS = {
    "最迟",
    "最晚",
    "最多",
    "不超过",
    "至多",
    "再过",
    "预计",
    "大约",
    "大概",
    "约",
    "给我",
    "再等",
    "最多再等",
    "再等我",
    "等我",
    "过",
    "最迟再等",
    "最晚再等",
}
_ABOUT = {"大概", "大约", "约", "预计"}
_GOES_ON = re.compile(r"\s*(?:会|将|就|能|可以|给[您你]|到(?:账|货|达|场|您|你)|师傅|工程师|退|完成|寄|发)")
_NEXT_WORKDAY = re.compile(r"下一?个工作日")
_EVERY = {"每", "逢"}
_STARTS = re.compile(
    r"[今明后次第当本即大下这周星礼月年早上中正午傍晚夜凌一清收开不最从自约预在于0-9二两三四五六七八九十零]"
)


def lengths(text: str) -> list[Said]:
    """Every length of time that points ahead."""
    found: list[Said] = []
    for match in _LENGTH.finditer(text):
        said = _length(match, text)
        if said is not None:
            found.append(said)
    found += [Said(m.start(), m.end(), span=Span(1, "workday")) for m in _NEXT_WORKDAY.finditer(text)]
    return found


def _length(match: re.Match[str], text: str) -> Said | None:
    suffix, lead = match["suffix"] or "", match["lead"] or ""
    if match["past"] or suffix.endswith("前"):
        return None
    if match["unit"] == "日" and text[match.start("n") - 1 : match.start("n")] == "月":
        return None  # 6月25日之后 is a date
    loose = not suffix or suffix == "左右"
    if loose and lead not in _LEADS and match["unit"] in {"日", "周", "月"}:
        return None
    if loose and lead not in _LEADS and not _GOES_ON.match(text, match.end()):
        return None
    ahead = text[match.end() : match.end() + 2]
    if (suffix.endswith("后") and ahead[:1] == "天") or (
        not suffix and ahead[:1] in {"前", "来", "多", "以"}
    ):
        return None
    span = _span(match)
    if span is None or not 0 < span.amount <= 1000:
        return None
    return Said(match.start(), match.end(), span=span, vague=loose and lead not in {"最迟", "最晚", "不超过"})


def _span(match: re.Match[str]) -> Span | None:
    number = chinese(match["n"])
    if number is None:
        return None
    if match["quarter"]:
        return Span(number * 15, "minute")
    word = match["unit"]
    unit = _UNITS[word]
    if word == "月" and not match["ge"]:
        return None  # 三月内 is the month of March, 三个月内 is a length
    if match["and_half"] or match["tail_half"]:
        number += 0.5
    if unit == "day" and number == 0.5:
        return Span(4, "hour")
    if unit == "month" and number == 0.5:
        return Span(15, "day")
    return Span(number, unit)


def points(text: str) -> list[Said]:
    """Every day, part of a day or time of day."""
    found: list[Said] = []
    at = 0
    while start := _STARTS.search(text, at):
        match = _POINT.match(text, start.start())
        said = _point(match, text) if match and match.end() > match.start() else None
        found.extend([said] if said else [])
        at = match.end() if match and said else start.start() + 1
    return found


def _point(match: re.Match[str], text: str) -> Said | None:
    day, clock = _day(match), _clock(match)
    part = _PARTS.get(match["part"] or "")
    if day is None and clock is None and part is None:
        return None
    edge = match["edge"] or ""
    previous = text[max(0, match.start() - 1) : match.start()]
    if text.startswith(("的时候", "那次", "那天", "的那"), match.end()):
        return None
    if _ATTRIBUTE.match(text, match.end()) or match["lead"] in {"最快", "从", "自"}:
        return None
    if previous == "上" and match["weekday"]:
        return None
    if match["lead"] == "不是" or edge in {"开始", "起"}:
        return None
    if part == "closing" and "前" not in edge and clock is None:
        edge = edge or "后"
    if part in {"closing", "opening"} and day is None and not edge:
        return None
    if text[match.end() : match.end() + 1] == "好" or previous in _EVERY:
        return None
    if match["month_end"] and text[max(0, match.start() - 2) : match.start()].endswith(
        ("上", "上个", "每个", "每")
    ):
        return None
    if previous == "的" and match["offset"] in {"当天", "当日"}:
        return None
    if previous in _NUMBERED and not (match["offset"] or match["part"]):
        return None
    if (
        clock is not None
        and day is None
        and part is None
        and not edge
        and not match["lead"]
        and _loose(match)
    ):
        return None
    return Said(
        match.start(), match.end(), day=day, part=part, clock=clock,
        edge="after" if edge.endswith("后") else "by", before=edge.endswith("前"),
        vague=edge == "左右" or match["lead"] in _ABOUT,
    )  # fmt: skip


def _loose(match: re.Match[str]) -> bool:
    """两点, 3点 alone are as often points of an argument as times of day; 17:00 and 三点半 are not."""
    return not (match["hour"] or match["half"] or match["quarters"] or match["zmin"])


def _which(word: str | None) -> int | None:
    if not word:
        return None
    return word.count("下")


def _day(match: re.Match[str]) -> Day | None:
    if match["offset"]:
        return Day("offset", _OFFSETS[match["offset"]])
    if match["weekday"]:
        if match["weekday"] == "末":
            return Day("weekend", week=_which(match["next"]) or 0)
        return Day("weekday", _WEEKDAY[match["weekday"]], week=_which(match["next"]))
    if match["whole_week"]:
        return Day("week", week=_which(match["whole_week"]))
    if match["month_end"]:
        named = chinese(match["month_number"] or "")
        return Day("month", week=_which(match["whole_month"]) or 0, month=int(named) if named else None)
    if match["early"]:
        named = chinese(match["month_named"] or "")
        sort: _PartOfMonth = _EARLY.get(match["early"], "month_middle")
        return Day(sort, week=_which(match["month_next"]) or 0, month=int(named) if named else None)
    if match["year_end"]:
        return Day("year")
    if match["year"]:
        return Day("date", int(match["y_day"]), month=int(match["y_month"]), year=int(match["year"]))
    if match["month"]:
        return Day("date", int(chinese(match["mday"]) or 0), month=int(chinese(match["month"]) or 0))
    if match["only_day"]:
        week = _which(match["this"]) if match["this"] else None
        return Day("date", int(chinese(match["only_day"]) or 0), week=week)
    return None


def _clock(match: re.Match[str]) -> Clock | None:
    part = _PARTS.get(match["part"] or "")
    if match["hour"]:
        hour, minute = int(match["hour"]), int(match["minute"])
        open_half = len(match["hour"]) == 1
    elif match["zhour"]:
        hour, open_half = int(chinese(match["zhour"]) or 0), True
        minute = 30 if match["half"] else int(chinese(match["quarters"] or "零") or 0) * 15
        minute = minute or int(chinese(match["zmin"] or "零") or 0)
    else:
        return None
    if part in {"afternoon", "dusk", "evening"} and hour < 12:
        hour += 12
    if part == "noon" and hour < 3:
        hour += 12
    if not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    return Clock(time(hour % 24, minute), open_half and part is None and 1 <= hour <= 12)
