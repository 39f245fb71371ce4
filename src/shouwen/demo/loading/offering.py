"""What the demonstration company offers: service items with standards, coverage and who may promise what."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from shouwen.demo.loading.stories import Story
from shouwen.platform.access import SYSTEM
from shouwen.promises import services as promises
from shouwen.promises.models import Perception, Promise
from shouwen.promises.rules.coverage import Rule
from shouwen.promises.rules.satisfaction import satisfaction
from shouwen.promises.rules.words import CAUSES

HOUR: Final = 3600
INVOICE: Final = {"evidence": "购机发票或合同", "evidence_en": "The invoice or contract of the purchase"}
RULES_1995: Final = {
    "source": "《部分商品修理更换退货责任规定》（1995）",
    "source_en": "Rules on repair, exchange and return of goods (China, 1995)",
}
ITEMS: Final = (
    {
        "code": "on-site-repair",
        "name": "上门维修",
        "name_en": "On-site repair",
        "description": "工程师到现场检查、修理并试机。",
        "description_en": "An engineer comes to the machine, finds the fault, repairs it and tests it.",
        "for_whom": "在用整机的客户",
        "for_whom_en": "Customers with a machine in use",
        "price_note": "保修期内免人工费和配件费；保修期外按清单报价，客户同意后施工",
        "price_note_en": "Free of labour and parts within the warranty; after it by a quote that you agree to first",
        "covered": "故障诊断、人工、保修范围内的配件",
        "covered_en": "Finding the fault, labour, and the parts that the warranty covers",
        "not_covered": "人为损坏、油品和易损件、非原厂配件造成的故障",
        "not_covered_en": "Damage by misuse, oils and wearing parts, faults caused by parts of other makers",
        "evidence_needed": "机号照片\n购机发票或合同",
        "evidence_needed_en": "A photo of the machine number\nThe invoice or contract of the purchase",
        "expectation_notice": "工程师出发前会来电确认；配件需调货时最长三个工作日；保修期外先报价后施工。",
        "expectation_notice_en": "The engineer calls before setting out; parts that must be fetched take up to three"
        " working days; out of warranty you get a quote first.",
    },
    {
        "code": "parts",
        "name": "配件供应",
        "name_en": "Spare parts",
        "description": "按机型和机号核对后发货。",
        "description_en": "Sent after checking them against the model and the machine number.",
        "for_whom": "所有客户",
        "for_whom_en": "All customers",
        "price_note": "按当日价目",
        "price_note_en": "By the price list of the day",
        "covered": "原厂配件，自到货起三个月质保",
        "covered_en": "Original parts, under warranty for three months from delivery",
        "not_covered": "安装错误造成的损坏",
        "not_covered_en": "Damage from wrong fitting",
        "evidence_needed": "旧件照片或件号",
        "evidence_needed_en": "A photo of the old part, or its number",
        "expectation_notice": "现货当天发出；调货的到货时间以来电为准。",
        "expectation_notice_en": "Parts in stock leave the same day; for others we call you with the day of arrival.",
    },
    {
        "code": "annual-care",
        "name": "年度保养",
        "name_en": "Yearly maintenance",
        "description": "每年一次的全面检查和保养，出具报告。",
        "description_en": "A full check and maintenance once a year, with a written report.",
        "for_whom": "签约客户",
        "for_whom_en": "Customers with a maintenance contract",
        "price_note": "按合同",
        "price_note_en": "By contract",
        "covered": "检查、机油和滤芯更换",
        "covered_en": "The check, change of oil and filters",
        "not_covered": "发现的故障另行报价",
        "not_covered_en": "Faults that are found: they are quoted separately",
        "evidence_needed": "保养合同编号",
        "evidence_needed_en": "The number of the maintenance contract",
        "expectation_notice": "保养约需四小时，期间请停机；发现的故障会先报价，不擅自修理。",
        "expectation_notice_en": "It takes about four hours, with the machine stopped; faults that are found are quoted"
        " first and never repaired unasked.",
    },
)
COVERAGE: Final = {
    "on-site-repair": (
        Rule(
            "warranty",
            12,
            **INVOICE,
            condition="工作不满两千小时",
            condition_en="under two thousand hours of work",
            source="整机销售合同",
            source_en="Sales contract of the machine",
        ),
        Rule("repair", 12, **INVOICE, **RULES_1995),
        Rule("exchange", 15, "days", **INVOICE, **RULES_1995),
        Rule("return", 7, "days", **INVOICE, **RULES_1995),
    ),
    "parts": (Rule("warranty", 3, evidence="配件发票", evidence_en="The invoice of the part"),),
}
TIMES: Final = (("A", HOUR // 4, 8 * HOUR), ("B", HOUR // 2, 16 * HOUR), ("", HOUR, 24 * HOUR))


def build(at: datetime) -> int:
    """The catalogue; the id of the item that repairs on site are."""
    found = {}
    for words in ITEMS:
        item = promises.create_item(**words, at=at, by=SYSTEM)
        sends = item.code == "annual-care"
        promises.change_item(item_id=item.pk, public=True, sends_notice=sends, at=at, by=SYSTEM)
        found[item.code] = item.pk
    for code, wanted in COVERAGE.items():
        promises.set_coverage(item_id=found[code], wanted=wanted, at=at, by=SYSTEM)
    for tier, first, solution in TIMES:
        promises.set_standard(
            item_id=found["on-site-repair"],
            tier=tier,
            first_reply_seconds=first,
            solution_seconds=solution,
            at=at,
            by=SYSTEM,
        )
    roles = {"agent": Decimal(200), "desk": Decimal(200), "supervisor": Decimal(5000)}
    wider = {"chief": None, "account_manager": None, "administrator": None}
    promises.set_promise_kind(work="refund", restricted=True, roles={**roles, **wider}, at=at, by=SYSTEM)
    promises.set_promise_kind(work="visit", minimum_lead_minutes=60, at=at, by=SYSTEM)
    return found["on-site-repair"]


def look_back(stories: list[Story], since: datetime) -> None:
    """What was perceived, and why promises were broken, as if it had been said at the time."""
    told = [s for s in stories if s.state == "confirmed" and s.levels and s.closed_at]
    Perception.objects.bulk_create([_perception(story) for story in told], batch_size=500)
    broken = list(Promise.objects.filter(state="broken").order_by("pk"))
    for place, promise in enumerate(broken):
        # Most are explained; the newest are still to be.
        if promise.due_at < since - timedelta(days=2):
            promise.cause = CAUSES[(place * place) % len(CAUSES)]
    Promise.objects.bulk_update(broken, ["cause"], batch_size=200)


def _perception(story: Story) -> Perception:
    expected = {"timeliness": 4 + story.case.pk % 2}
    felt = satisfaction(story.levels or {}, expected)
    assert felt is not None
    return Perception(
        subject_kind="case",
        subject_id=story.case.pk,
        answer_id=story.case.pk,
        customer_id=story.customer.pk,
        item_id=story.case.service_item_id,
        team_id=story.case.team_id,
        perceived={one.dimension: one.perceived for one in felt.differences},
        expected={one.dimension: one.expected for one in felt.differences},
        mean=felt.mean,
        state=felt.state,
        at=story.closed_at or story.opened_at,
    )
