"""Hard contacts of the demonstration company: threats and abuse, and what was done. Invented throughout."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Threat:
    """`steps`: what was done, each with its sort; `outcome` with a note where it has ended."""

    kind: str
    who: str
    words: str
    held: str
    place: str
    days: int
    steps: tuple[tuple[str, str], ...]
    asks: tuple[str, str, int] | None = None
    outcome: tuple[str, str] | None = None


@dataclass(frozen=True)
class Abuse:
    """`told` per step taken; an objection and what the review says to it."""

    words: tuple[str, ...]
    told: tuple[str, ...]
    objection: str = ""
    verdict: tuple[str, str] | None = None


THREATS = (
    Threat(
        "detention",
        "现场工程师陈师傅（演示）",
        "今天不把误工费说清楚，人和工程车都别想出这个门。",
        "陈师傅和一台工程车",
        "东郊料场门口",
        0,
        (
            ("safety", "与陈师傅通话：人身安全，在门卫室，有同事陪同；嘱咐不争执、不推搡。"),
            ("talk", "与工地负责人通话，对方要求先给误工费说法，愿意等一小时。"),
        ),
        ("先行垫付半天误工费，人车放行", "compensation", 150_000),
    ),
    Threat(
        "legal",
        "公司（演示）",
        "我已经找了律师，三天内不给书面答复就起诉你们。",
        "",
        "电话中",
        2,
        (("contact", "已问清诉求和依据，告知书面答复由法务看过后发出。"),),
    ),
    Threat(
        "media",
        "公司和服务网点（演示）",
        "你们等着，明天我就带记者来拍你们的维修车间。",
        "",
        "客户来信",
        24,
        (
            ("contact", "主管当天回电，说明进度和负责人，请客户先看检测记录。"),
            ("other", "通知品牌宣传同事备好说明，网点正常营业，不阻拦拍摄公共区域。"),
        ),
        None,
        ("averted", "看过检测记录后客户接受方案，没有再提曝光。"),
    ),
)

ABUSES = (
    Abuse(
        ("你们全是骗子、饭桶！（多次辱骂接线同事）", "再说一遍，你就是个废物！"),
        (
            "我很想把您的设备问题办好。请您不要使用侮辱性的语言，否则这次通话无法继续。",
            "刚才已经提醒过您一次。如果继续辱骂，我会结束这次通话，您可以通过邮件或服务厅继续办理。",
        ),
    ),
    Abuse(
        ("拍着柜台骂人，被其他客户劝开。",),
        ("请您坐下来说，我们会把事情办完；请不要辱骂柜台同事。",),
        "我声音是大，但没有骂人，是旁边的人在骂。",
        ("overturned", "调看服务厅录像，辱骂的确实是旁边的人，提醒撤回并向客户道歉。"),
    ),
)
