"""Who works in the demonstration company 远山工程机械服务（演示）: six teams, twenty staff, two providers."""

from dataclasses import dataclass

ORGANISATION = "远山工程机械服务（演示）"
PASSWORD = "shouwen-demo"  # noqa: S105  shown at every start of the demonstration; nothing real is behind it

DEPARTMENTS = ("客户服务部", "技术部", "配件部", "财务部", "质量部")
# team, department
TEAMS = (
    ("整机服务组", "客户服务部"),
    ("配件服务组", "客户服务部"),
    ("投诉处理组", "客户服务部"),
    ("大客户组", "客户服务部"),
    ("服务台", "客户服务部"),
    ("技术支持组", "技术部"),
)
PROVIDERS = (("北岸维修站（演示）", "third_party"), ("老周液压工作室（演示）", "independent"))


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    title: str
    roles: tuple[str, ...]
    teams: tuple[str, ...]
    department: str = "客户服务部"
    provider: str = ""
    skills: tuple[str, ...] = ()
    authority: int = 1
    presence: str = "on_duty"
    english: bool = False
    limits: str = ""


STAFF = (
    Person(
        "wang",
        "王芳（演示）",
        "客服专员",
        ("agent",),
        ("整机服务组",),
        skills=("excavator", "loader"),
        limits="连续处理两个激烈投诉后请接手",
    ),
    Person("li", "李强（演示）", "客服专员", ("agent",), ("整机服务组",), skills=("excavator",)),
    Person(
        "zhao",
        "赵敏（演示）",
        "客服专员",
        ("agent",),
        ("整机服务组", "配件服务组"),
        skills=("parts",),
        english=True,
    ),
    Person("sun", "孙浩（演示）", "客服专员", ("agent",), ("配件服务组",), skills=("parts",)),
    Person(
        "zhou",
        "周琳（演示）",
        "客服专员",
        ("agent",),
        ("配件服务组",),
        skills=("parts", "invoice"),
        presence="busy",
    ),
    Person("wu", "吴洁（演示）", "投诉专员", ("agent",), ("投诉处理组",), skills=("complaint",), authority=2),
    Person(
        "zheng",
        "郑凯（演示）",
        "投诉专员",
        ("agent",),
        ("投诉处理组",),
        skills=("complaint",),
        authority=2,
        presence="break",
    ),
    Person(
        "feng", "冯雪（演示）", "客户经理", ("account_manager",), ("大客户组",), authority=3, english=True
    ),
    Person("chen", "陈磊（演示）", "客户经理", ("account_manager",), ("大客户组",), authority=3),
    Person("chu", "褚兰（演示）", "服务台接待", ("desk",), ("服务台",)),
    Person("wei", "卫东（演示）", "服务台接待", ("desk",), ("服务台",)),
    Person(
        "jiang",
        "蒋薇（演示）",
        "整机组主管",
        ("supervisor", "agent"),
        ("整机服务组", "配件服务组"),
        authority=3,
    ),
    Person(
        "shen",
        "沈涛（演示）",
        "投诉组主管",
        ("supervisor", "agent"),
        ("投诉处理组", "服务台", "大客户组"),
        authority=4,
    ),
    Person("han", "韩梅（演示）", "质检员", ("reviewer",), (), department="质量部"),
    Person(
        "yang",
        "杨工（演示）",
        "液压工程师",
        ("back_office",),
        ("技术支持组",),
        department="技术部",
        skills=("hydraulics",),
    ),
    Person(
        "zhu",
        "朱工（演示）",
        "结构工程师",
        ("back_office",),
        ("技术支持组",),
        department="技术部",
        skills=("structure",),
    ),
    Person("qin", "秦会计（演示）", "财务", ("back_office",), (), department="财务部"),
    Person(
        "xu", "许师傅（演示）", "维修站站长", ("provider",), (), department="", provider="北岸维修站（演示）"
    ),
    Person("he", "何总监（演示）", "首席客服经理", ("chief",), (), authority=5),
    Person("admin", "管理员（演示）", "系统管理员", ("administrator",), (), authority=5, english=True),
)
SKILLS = (
    ("excavator", "挖掘机"),
    ("loader", "装载机"),
    ("parts", "配件"),
    ("invoice", "发票"),
    ("complaint", "投诉处理"),
    ("hydraulics", "液压"),
    ("structure", "结构件"),
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
GIVEN = (  # noqa: SIM905  thirty names read better so
    "建国 海燕 志强 丽娟 文博 晓东 雪梅 永强 春兰 家豪 子涵 立新 秀英 国栋 玉兰 "
    "新民 佳怡 宏伟 慧敏 振华 小军 月华 大勇 思远 明辉 静怡 长江 红霞 天佑 冬梅"
).split()
PLACES = ["临江", "北岸", "青石", "东湖", "西岭", "南桥", "高坪", "柳河", "长滩", "金山"]
TRADES = ["土石方工程", "矿业", "路桥", "园林", "水利", "建材", "租赁", "农业", "市政", "物流"]
MACHINES = (
    ("挖掘机", "YS-215"),
    ("挖掘机", "YS-305"),
    ("装载机", "YL-50"),
    ("推土机", "YT-160"),
    ("压路机", "YR-22"),
    ("起重机", "YC-25"),
)
