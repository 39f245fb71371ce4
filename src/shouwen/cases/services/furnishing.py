"""What a new installation starts with: the seven kinds and first intake rules. Twice changes nothing."""

from datetime import datetime

from django.db import transaction

from shouwen.cases.models import CaseKind, IntakeRule
from shouwen.cases.queries.kinds import forget
from shouwen.platform.access import Actor

KINDS = (
    ("consultation", "咨询", "Consultation", "message-circle-question-mark"),
    ("help", "求助", "Help", "life-buoy"),
    ("question", "答疑", "Question", "circle-question-mark"),
    ("suggestion", "建议", "Suggestion", "lightbulb"),
    ("complaint", "投诉", "Complaint", "megaphone"),
    ("praise", "表扬", "Praise", "heart"),
    ("repair", "报修", "Repair", "wrench"),
)
# name, words, kind, impact, urgency
RULES: tuple[tuple[str, list[str], str, int | None, int | None], ...] = (
    (
        "人身或生产安全 · Safety",
        ["受伤", "伤人", "起火", "冒烟", "漏电", "刹车失灵", "injured", "fire", "smoke"],
        "",
        1,
        1,
    ),
    (
        "催促 · Urgent words",
        ["马上", "立即", "停工", "尽快", "紧急", "urgent", "immediately", "asap"],
        "",
        None,
        1,
    ),
    ("投诉 · Complaint", ["投诉", "举报", "12315", "曝光", "complain"], "complaint", None, 2),
    (
        "报修 · Repair",
        [
            "维修",
            "报修",
            "故障",
            "开裂",
            "漏油",
            "打不着火",
            "不工作",
            "坏了",
            "异响",
            "repair",
            "broken",
            "leak",
        ],
        "repair",
        None,
        2,
    ),
    ("表扬 · Praise", ["表扬", "感谢信", "点赞", "well done"], "praise", None, 3),
    ("建议 · Suggestion", ["建议", "希望你们能", "suggest"], "suggestion", None, 3),
    ("咨询 · Consultation", ["请问", "咨询", "报价", "多少钱", "how much", "quote"], "consultation", None, 3),
)


@transaction.atomic
def furnish(*, at: datetime, by: Actor) -> None:
    """Only into an empty table: what an organisation has changed or removed does not come back."""
    if not CaseKind.objects.exists():
        CaseKind.objects.bulk_create(
            [
                CaseKind(code=code, name=name, name_en=english, icon=icon, position=10 * position)
                for position, (code, name, english, icon) in enumerate(KINDS, 1)
            ]
        )
    if not IntakeRule.objects.exists():
        IntakeRule.objects.bulk_create(
            [
                IntakeRule(
                    name=name, position=10 * place, words=words, kind=kind, impact=impact, urgency=urgency
                )
                for place, (name, words, kind, impact, urgency) in enumerate(RULES, 1)
            ]
        )
    forget()
