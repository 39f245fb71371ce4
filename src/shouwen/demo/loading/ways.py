"""Ways in that a new user can try: a chat, a hall, a telephone, WeChat, short messages and a system of one's own.

Their platforms stand in on this machine (demo/platforms.py), so that nothing of ours leaves it and nothing fails.
"""

from datetime import datetime
from typing import Any

from shouwen.channels import forms, registry
from shouwen.channels.services import add_account
from shouwen.channels.vendors.desk import services as desk
from shouwen.channels.vendors.phone import services as phone
from shouwen.demo.loading.structure import World
from shouwen.demo.platforms import ADDRESS
from shouwen.platform.access import SYSTEM

HALL = "临江服务大厅（演示）"
MATTERS = (
    ("A", "报修", "Repair", ""),
    ("B", "配件", "Spare parts", "parts"),
    ("C", "开票", "Invoices", ""),
)
COUNTERS = ("1号柜台", "2号柜台", "3号柜台")
# number, name, team, call back within minutes
LINES = (
    ("4008001001", "整机服务热线（演示）", "整机服务组", 60),
    ("4008001002", "配件热线（演示）", "配件服务组", 120),
)
EXTENSIONS = ("wang", "li", "zhao", "sun", "wu", "jiang", "chu")
CHAT = {
    "title": "远山工程机械 在线客服（演示）",
    "greeting": "您好，这里是演示公司的在线客服，请问有什么可以帮您？",
    "away": "现在没有客服在线。请留下邮箱，我们上班后回复您。",
    "ask_name": "optional",
    "ask_email": "optional",
    "ask_phone": "optional",
    "ask_matter": "optional",
    "at_once": 4,
}
WELCOME = "您好，欢迎关注远山工程机械服务（演示）。直接留言，会有人回复您。"
GREETING = "您好，这里是远山工程机械微信客服（演示），请留言，首问责任人会尽快回复您。"
ACKNOWLEDGE = "已收到您的消息，首问责任人会尽快回复您。"


def open_ways(world: World, at: datetime) -> None:
    _chat(world, at)
    _hall(world, at)
    _telephone(world, at)
    general, parts = world.teams["整机服务组"].pk, world.teams["配件服务组"].pk
    talk = {"acknowledge": ACKNOWLEDGE, "api": ADDRESS}
    _line("wechat", "公众号（演示）", general, {"app_id": "wxdemo0001", "welcome": WELCOME, **talk}, at)
    _line("wecom", "企业微信（演示）", general, {"corp_id": "wwdemo0001", "agent_id": "1000002", **talk}, at)
    service = {"corp_id": "wwdemo0001", "open_kfid": "wkDemo0001", "welcome": GREETING, "api": ADDRESS}
    _line("wecom_kf", "微信客服（演示）", general, service, at)
    sms = {"signature": "【远山演示】", "send_url": f"{ADDRESS}/sms"}
    _line("sms", "短信（演示）", general, sms, at)
    _line("webhook", "网上商城（演示）", parts, {"deliver_url": f"{ADDRESS}/shop"}, at)


def _chat(world: World, at: datetime) -> None:
    add_account(
        vendor=registry.get("chat"),
        name="官网在线客服（演示）",
        values=CHAT,
        team_id=world.teams["整机服务组"].pk,
        at=at,
        by=SYSTEM,
    )


def _hall(world: World, at: datetime) -> None:
    hall = desk.add_hall(name=HALL, team_id=world.teams["服务台"].pk, at=at, by=SYSTEM)
    for letter, name, english, skill in MATTERS:
        desk.set_matter(
            hall_id=hall.pk, letter=letter, name=name, name_en=english, skill=skill, at=at, by=SYSTEM
        )
    for name in COUNTERS:
        desk.set_counter(hall_id=hall.pk, name=name, at=at, by=SYSTEM)


def _telephone(world: World, at: datetime) -> None:
    phone.add_system(name="总机（演示）", dial="", at=at, by=SYSTEM)
    for number, name, team, minutes in LINES:
        phone.set_line(
            number=number,
            name=name,
            team_id=world.teams[team].pk,
            call_back_minutes=minutes,
            at=at,
            by=SYSTEM,
        )
    for n, username in enumerate(EXTENSIONS, start=801):
        phone.set_extension(number=str(n), staff_id=world.staff[username].pk, at=at, by=SYSTEM)


def _line(vendor: str, name: str, team_id: int, values: dict[str, Any], at: datetime) -> None:
    carrier = registry.get(vendor)
    made = {field.name: forms.made(field.made) for field in carrier.fields if field.made}
    given = {"app_secret": forms.made(24)} if any(f.name == "app_secret" for f in carrier.fields) else {}
    add_account(
        vendor=carrier, name=name, values={**made, **given, **values}, team_id=team_id, at=at, by=SYSTEM
    )
