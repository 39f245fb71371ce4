"""Rules and macros that a new user can look at, try out and change."""

from datetime import datetime
from typing import Any

from shouwen.cases.services.automation.macros import save_macro
from shouwen.cases.services.automation.rulebook import save_rule
from shouwen.demo.loading.structure import World
from shouwen.platform.access import SYSTEM

RULES: tuple[dict[str, Any], ...] = (
    {
        "name": "A级客户停机优先（演示）",
        "events": ["opened", "received"],
        "conditions": {"tiers": ["A"], "words": ["停机", "开不了工", "趴窝"]},
        "actions": {"set_priority": {"priority": "1"}, "add_tags": {"tags": ["停机"]}},
    },
    {
        "name": "客户很生气时告知组长（演示）",
        "events": ["emotion"],
        "conditions": {"emotion": "angry"},
        "actions": {"notify": {"whom": "supervisors", "text": "客户情绪激动，请留意，需要时支援责任人。"}},
    },
    {
        "name": "等我们超过一天仍未回复，提醒责任人（演示）",
        "moment": "waiting_us",
        "minutes": 24 * 60,
        "in_hours": True,
        "actions": {"notify": {"whom": "owner", "text": "客户已等了一天，请先告诉他进展。"}},
    },
)
MACROS: tuple[dict[str, Any], ...] = (
    {
        "name": "催办安抚（演示）",
        "reply": "{{customer_name}}，您好！您催的{{case_ref}}我正在盯着，让您久等了。有了新消息我马上写信告诉您。",
        "actions": {"add_tags": {"tags": ["催办"]}, "set_priority": {"priority": "2"}},
    },
    {
        "name": "请客户补照片（演示）",
        "reply": "{{customer_name}}，您好！请您拍三张照片发给我们：全景、近景、带尺子的近景，方便师傅一次带对配件。谢谢！",
        "waiting": True,
    },
)


def build(world: World, at: datetime) -> None:
    for rule in RULES:
        save_rule(rule_id=None, at=at, by=SYSTEM, **rule)
    stock = {
        "title": "查配件库存",
        "whom": f"department:{world.departments['配件部'].pk}",
        "ask": "请查这台机器所需配件的库存和最早到货日，写在任务里。",
        "minutes": 120,
    }
    for macro in (*MACROS, {"name": "请配件部查库存（演示）", "actions": {"task": stock}}):
        save_macro(macro_id=None, scope="all", at=at, by=SYSTEM, **macro)
