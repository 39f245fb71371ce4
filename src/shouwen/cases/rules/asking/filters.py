"""The filters there are: how each is called, and the words it takes besides those the organisation gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Words = Mapping[
    str, tuple[str, ...]
]  # by code, everything it is called; the Chinese word first, then the English


@dataclass(frozen=True)
class Filter:
    """One filter. `names` in Chinese and `english` in English, the usual one first of each.

    `takes` says what may stand behind the colon: one of `words` (and of the organisation's own), a day, or any text.
    """

    code: str
    names: tuple[str, ...]
    english: tuple[str, ...]
    takes: str = "word"
    words: Words = field(default_factory=dict)
    example: tuple[str, str] = ("", "")


_DAYS: Words = {
    "today": ("今天", "today", "今日"),
    "yesterday": ("昨天", "yesterday", "昨日"),
    "tomorrow": ("明天", "tomorrow", "明日"),
    "week": ("本周", "week", "这周", "this-week", "thisweek"),
    "last-week": ("上周", "last-week", "lastweek"),
    "month": ("本月", "month", "这个月", "this-month", "thismonth"),
    "last-month": ("上月", "last-month", "上个月", "lastmonth"),
    "year": ("今年", "year", "本年", "this-year", "thisyear"),
}

FILTERS: Mapping[str, Filter] = {
    one.code: one
    for one in (
        Filter(
            "state",
            ("状态",),
            ("state", "status"),
            words={
                "new": ("新建", "new", "新"),
                "open": ("处理中", "open", "在办"),
                "waiting": ("等待客户", "waiting", "待客户"),
                "resolved": ("待确认", "resolved", "已解决"),
                "confirmed": ("已确认", "confirmed"),
                "unconfirmed": ("未确认关闭", "unconfirmed"),
                "merged": ("已合并", "merged"),
                "active": ("未结束", "active", "未关闭", "进行中", "unfinished"),
                "ended": ("已结束", "ended", "已关闭", "closed", "done"),
            },
            example=("状态:处理中", "state:open"),
        ),
        Filter(
            "customer",
            ("客户",),
            ("customer", "client"),
            takes="text",
            example=("客户:zhangwei", "customer:zhang"),
        ),
        Filter("channel", ("渠道",), ("channel",), example=("渠道:电话", "channel:phone")),
        Filter(
            "promise",
            ("承诺",),
            ("promise",),
            words={
                "overdue": ("逾期", "overdue", "已逾期", "超时", "late"),
                "today": ("今天到期", "today", "今天", "今日到期", "due-today"),
                "owed": ("未兑现", "owed", "待兑现", "open"),
                "broken": ("失约", "broken", "已失约"),
                "kept": ("已兑现", "kept", "兑现"),
                "none": ("无", "none", "没有"),
            },
            example=("承诺:逾期", "promise:overdue"),
        ),
        Filter(
            "owner",
            ("负责人", "首问责任人", "责任人"),
            ("owner",),
            words={
                "me": ("我", "me", "本人"),
                "none": ("无", "none", "无人", "没有", "nobody"),
            },
            example=("负责人:我", "owner:me"),
        ),
        Filter(
            "team",
            ("班组", "团队"),
            ("team",),
            words={"mine": ("我的", "mine", "我组", "my"), "none": ("无", "none", "没有")},
            example=("班组:我的", "team:mine"),
        ),
        Filter("kind", ("类别", "类型"), ("kind", "type"), example=("类别:投诉", "kind:complaint")),
        Filter(
            "priority",
            ("优先级",),
            ("priority",),
            words={
                "1": ("紧急", "urgent"),
                "2": ("高", "high"),
                "3": ("普通", "normal", "中"),
                "4": ("低", "low"),
            },
            example=("优先级:紧急", "priority:urgent"),
        ),
        Filter("tag", ("标签",), ("tag", "label"), takes="text", example=("标签:保修", "tag:warranty")),
        Filter(
            "tier",
            ("等级", "客户等级"),
            ("tier",),
            words={letter: (letter, letter, f"{letter}级") for letter in "ABCD"},
            example=("等级:A", "tier:A"),
        ),
        Filter("emotion", ("情绪",), ("emotion", "mood"), example=("情绪:愤怒", "emotion:angry")),
        Filter(
            "opened",
            ("创建", "创建时间"),
            ("opened", "created"),
            takes="day",
            words=_DAYS,
            example=("创建:本周", "opened:week"),
        ),
        Filter(
            "changed",
            ("更新", "更新时间"),
            ("changed", "updated"),
            takes="day",
            words=_DAYS,
            example=("更新:>2026-11-01", "changed:>2026-11-01"),
        ),
        Filter(
            "due",
            ("到期", "到期时间"),
            ("due",),
            takes="day",
            words=_DAYS,
            example=("到期:明天", "due:tomorrow"),
        ),
        Filter(
            "has",
            ("有", "含"),
            ("has", "with"),
            words={
                "attachment": ("附件", "attachment", "attachments", "file"),
                "promise": ("承诺", "promise"),
                "task": ("协办", "task", "协办任务"),
                "escalation": ("升级", "escalation"),
                "tag": ("标签", "tag"),
                "asset": ("设备", "asset"),
            },
            example=("有:附件", "has:attachment"),
        ),
    )
}

NAMES: Mapping[str, str] = {name: one.code for one in FILTERS.values() for name in (*one.names, *one.english)}
"""Every name of a filter, and which it is."""
