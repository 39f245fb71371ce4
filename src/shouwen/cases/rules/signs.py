"""Signs in a customer's words that raise a case: they ask for somebody above, or threaten. Chinese and English.

A sign is a hint for people, never a verdict on the customer.
"""

import re
from dataclasses import dataclass

THREAT, ASKS_SUPERIOR = "threat", "asks_superior"
LONGEST = 8_000
BEFORE = 30  # characters in front of a find that may turn it off


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.I)


_ABOVE = "领导|经理|主管|上级|负责人|老板|老总|店长|主任|组长|管事的|说了算的|能做主的"
_BOSS = r"(?:manager|supervisor|superior|boss|director)"
_ASKS = _any(
    rf"(?:找|叫|喊|请(?!问)|让|要|换|见|转|接)[^，。！？；,.!?;\n]{{0,8}}(?:{_ABOVE})(?!版|级|力)",
    rf"[你您]们?的?(?:{_ABOVE})(?:是谁|在哪|呢|电话|出来|来|接|给我)",
    r"\b(?:speak|talk|put me through|transfer me|connect me|escalate(?: this)?)\s+"
    r"(?:(?:directly|now|please)\s+)?(?:to|with)\s+(?:\w+\s+){0,2}?"
    rf"(?:{_BOSS}|senior|person in charge|head of)",
    r"\b(?:get|call|want|need|where is|who is)\s+(?:me\s+)?(?:a|the|your)\s+"
    rf"(?:\w+\s+)?{_BOSS}\b",
)
_NOT_ASKED = _any(
    r"(?:不用|不必|不想|不需要|没有?|无需|别|已经?|刚才?|上次|昨天|早就|我们(?:公司|单位)?的?|感谢|谢谢|表扬)"
    r"[^，。！？；,.!?;\n]{0,5}$",
    r"\b(?:not|don't|no need to|already|yesterday|thanks?|thank you)\b[^,.!?;\n]{0,18}$",
)
_OURS = r"(?:你们?|他们?|师傅|工程师|技师|车|人|货|设备)"
_DANGER = _any(
    r"弄死|打死[你他她]|杀了?[你他她]|砍死|同归于尽|自杀|不想活|跳楼|烧了(?:你|公司|店)|砸了(?:你|店|公司)",
    r"带上?人(?:去|来|过来|找)|堵(?:门|你们)|收拾你|让你(?:好看|后悔)|知道你(?:家|住)",
    rf"(?:我们?|把[^，。,]{{1,6}})扣(?:住|下|留|押)|扣(?:住|下|留|押)了?{_OURS}",
    rf"不[让准许]{_OURS}+们?(?:走|离开)|别想走",
    r"\b(?:kill|hurt|beat up) (?:you|him|her|them|myself)\b|\bburn (?:it|your \w+) down\b|\bsuicide\b",
    r"\b(?:won't|will not|not) let (?:him|her|them|you|your \w+) (?:go|leave)\b|\bi know where you live\b",
)
_THREAT = _any(
    r"曝光(?!灯|度|率)|(?:找|联系|告诉|通知)(?:媒体|记者|电视台|报社)",
    r"发(?:抖音|微博|朋友圈|网上|到网上|小红书)|挂到?网上",
    r"12315|12345|消协|消费者协会|起诉|打官司|律师函",
    # an office that buys from us, or a machine that gives the alarm, threatens nobody
    r"(?:去|找|到|告到?|向|跟|让|叫|打|请)(?:当地|市里?的?|区里?的?|你们)?(?:工商局?(?!银行)|市场监管)",
    r"(?:工商局?|市场监管局?)(?:见|投诉|举报)",
    r"(?:上|告到?|诉至|向)[^，。！!？?]{0,4}法院|法院(?:见|起诉|告|诉)",
    r"(?:我们?|咱们?)(?:这就|现在|马上|立刻|只能|只好|直接|已经?|可|真的?|要|就|会|去|得|都|准备|打算)*报警",
    r"(?:去|只能|只好|准备|打算|选择|必须|再不[^。！!]{0,12})报警(?!灯|器|声|音|码|代|提|信)|报警(?:抓|立案)|打110|叫警察",
    r"(?:找|请|委托|让)了?我?们?的?律师|走法律|法律途径|举报你",
    r"\b(?:sue|lawsuit|(?:my|our|a) (?:lawyer|attorney|solicitor)|legal action|take you to court)\b",
    r"\b(?:see you in court|go public|(?:to|tell|contact|call) the (?:press|media|police))\b",
    r"\b(?:regulator|ombudsman|trading standards)\b",
)
_NO_THREAT = _any(
    r"(?:不(?:是|会|想|打算|用|必|要)|没(?:有|想)?|无需|别|本不)[^，。！？,.!?\n]{0,4}$",
    r"\b(?:not|never|don't|won't|no need to)\b[^,.!?\n]{0,20}$",
)


@dataclass(frozen=True)
class Sign:
    """A trigger found in the customer's words, with the words. `urgent`: danger for somebody."""

    trigger: str
    words: str
    urgent: bool = False


def asks_for_superior(text: str) -> str:
    """The words by which the customer asks for somebody above; empty when they do not."""
    return _first(_ASKS, _NOT_ASKED, text)


def threatens(text: str) -> Sign | None:
    """A threat in the words; one to life, body or freedom is urgent."""
    if words := _first(_DANGER, _NO_THREAT, text):
        return Sign(THREAT, words, urgent=True)
    words = _first(_THREAT, _NO_THREAT, text)
    return Sign(THREAT, words) if words else None


def _first(pattern: re.Pattern[str], unless: re.Pattern[str], text: str) -> str:
    said = text[:LONGEST]
    for found in pattern.finditer(said):
        if not unless.search(said[max(0, found.start() - BEFORE) : found.start()]):
            return found.group().strip()[:60]
    return ""
