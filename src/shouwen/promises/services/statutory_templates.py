"""The time limits of laws and regulators as data: stated, replaced by a newer version, ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries
from shouwen.promises.events import StatutoryTemplateEnded, StatutoryTemplateSet
from shouwen.promises.models import StatutoryTemplate
from shouwen.promises.rules import statutory as rules

LONDON: Final = ZoneInfo("Europe/London")
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
LIMITS: Final = {
    "name": 120,
    "name_en": 120,
    "authority": 80,
    "source": 300,
    "source_version": 120,
}
REQUIRED: Final = ("name", "authority", "source")


@transaction.atomic
def set_statutory_template(
    *,
    code: str,
    count: int,
    unit: str,
    country: str,
    zone: str,
    ends_at: int = rules.END_OF_DAY,
    rolls: bool = False,
    extensions: Sequence[dict[str, Any]] = (),
    valid_from: datetime | None = None,
    at: datetime,
    by: Actor,
    **words: str,
) -> StatutoryTemplate:
    """State a time limit from `valid_from` (now) on. The version before it ends there; what was received under
    it keeps it. `words` are name, name_en, authority, source and source_version."""
    require(by, policies.STATUTORY)
    said = _checked(words)
    start = valid_from or at
    if start < at:
        raise Invalid(_("A time limit holds from now on or later, never backwards."), field="valid_from")
    term = rules.Term(count, unit, zone, ends_at, rolls)
    rules.check(term, country, [int(step["count"]) for step in extensions])
    before = _make_room(_code(code), start)
    made = StatutoryTemplate.objects.create(
        code=_code(code),
        version=before + 1,
        count=count,
        unit=unit,
        country=country,
        zone=zone,
        ends_at=ends_at,
        rolls=rolls,
        extensions=list(extensions),
        valid_from=start,
        **said,
    )
    fact = StatutoryTemplateSet(made.pk, made.code, made.version)
    after = {"count": count, "unit": unit, "extensions": list(extensions), **said}
    bus.announce(fact, subjects=[made.subject], by=by, at=at, after=after)
    return made


@transaction.atomic
def end_statutory_template(*, template_id: int, at: datetime, by: Actor) -> StatutoryTemplate:
    """From now on nothing is received under it; what runs keeps running."""
    require(by, policies.STATUTORY)
    template = queries.statutory_template(template_id)
    if template.valid_to is not None and template.valid_to <= at:
        raise Refused(_("This time limit has already ended."))
    template.valid_to = max(at, template.valid_from)
    template.save(update_fields=["valid_to"])
    fact = StatutoryTemplateEnded(template.pk, template.code)
    bus.announce(fact, subjects=[template.subject], by=by, at=at)
    return template


def _make_room(code: str, start: datetime) -> int:
    """End the versions before `start`; the last version's number."""
    same = StatutoryTemplate.objects.select_for_update().filter(code=code)
    same.filter(valid_from__gte=start, valid_to__isnull=True).update(valid_to=F("valid_from"))
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), valid_from__lt=start).update(valid_to=start)
    return StatutoryTemplate.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0


def _checked(words: dict[str, str]) -> dict[str, str]:
    said = {name: text.strip() for name, text in words.items()}
    errors: dict[str, Any] = {}
    for name, text in said.items():
        if name not in LIMITS:
            raise TypeError(f"a time limit has no {name!r}")
        if len(text) > LIMITS[name]:
            errors[name] = _("At most %(most)s characters.") % {"most": LIMITS[name]}
    for name in REQUIRED:
        if not said.get(name):
            errors[name] = _("Please fill this in.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    return said


def _code(code: str) -> str:
    said = code.strip().lower()
    if not (said and len(said) <= 40 and said.isascii() and said.replace("-", "").isalnum()):
        raise Invalid(_("Use letters, digits and hyphens, at most 40."), field="code")
    return said


def furnish_statutory() -> bool:
    """The time limits that come with the product, unless there are any already. True when it did."""
    if StatutoryTemplate.objects.exists():
        return False
    StatutoryTemplate.objects.bulk_create(StatutoryTemplate(**row) for row in PROVIDED)
    return True


UK: Final = {"authority": "FCA DISP", "country": "GB", "zone": "Europe/London"}
CN: Final = {"country": "CN", "zone": "Asia/Shanghai"}
MARKETS: Final = {**CN, "authority": "12315", "unit": rules.WORKING_DAYS}
MARKETS_2020: Final = {
    "source_version": "2019-11-30 令第20号，2020-01-01 起施行；2022-09-29 修正；2026-04-15 废止",
    "valid_from": datetime(2020, 1, 1, tzinfo=SHANGHAI),
    "valid_to": datetime(2026, 4, 15, tzinfo=SHANGHAI),
}
MARKETS_2026: Final = {
    "version": 2,
    "source_version": "令第121号，2026-04-15 起施行",
    "valid_from": datetime(2026, 4, 15, tzinfo=SHANGHAI),
}
ACCEPT: Final = {"name": "12315：决定是否受理", "name_en": "12315: decide on acceptance"}
FINISH: Final = {
    "name": "12315：调解期限（自受理起）",
    "name_en": "12315: mediation ends (from acceptance)",
}
FINANCE: Final = {
    **CN,
    "authority": "国家金融监督管理总局",
    "unit": rules.CALENDAR_DAYS,
    "source_version": "原银保监会令2020年第3号，2020-01-14 公布，2020-03-01 起施行",
    "valid_from": datetime(2020, 3, 1, tzinfo=SHANGHAI),
}
# What each rule says was read from the rules' published texts; close of business is taken as 17:00, which
# an installation with other hours states anew. The mediation's days count from the day the complaint was accepted:
# 45 working days until April 2026, sixty days since. A last day that is a day off is not moved (Civil Code art. 203
# would allow it): the earlier day is the safe one.
PROVIDED: Final[tuple[dict[str, Any], ...]] = (
    {
        **UK,
        "code": "fca-summary",
        "name": "即时解决（总结性沟通函）",
        "name_en": "Summary resolution",
        "count": 3,
        "unit": rules.WORKING_DAYS,
        "ends_at": 17 * 60,
        "source": "FCA Handbook DISP 1.5.1R",
        "source_version": "in force 2016-06-30",
        "valid_from": datetime(2016, 6, 30, tzinfo=LONDON),
    },
    {
        **UK,
        "code": "fca-final",
        "name": "最终答复",
        "name_en": "Final response",
        "count": 8,
        "unit": rules.WEEKS,
        "source": "FCA Handbook DISP 1.6.2R",
        "source_version": "in force 2018-01-13; the same in the text of 2026-06-01",
        "valid_from": datetime(2018, 1, 13, tzinfo=LONDON),
    },
    {
        **UK,
        "code": "fca-payment",
        "name": "支付服务与电子货币：最终答复",
        "name_en": "Payment services and e-money: final response",
        "count": 15,
        "unit": rules.WORKING_DAYS,
        "extensions": [
            {"count": 20, "why": "DISP 1.6.2AR(2): exceptional circumstances, holding response sent"}
        ],
        "source": "FCA Handbook DISP 1.6.2AR",
        "source_version": "in force 2018-01-13; the same in the text of 2026-06-01",
        "valid_from": datetime(2018, 1, 13, tzinfo=LONDON),
    },
    {
        **MARKETS,
        **MARKETS_2020,
        "code": "cn-12315-accept",
        **ACCEPT,
        "count": 7,
        "source": "市场监督管理投诉举报处理暂行办法 第十四条",
    },
    {
        **MARKETS,
        **MARKETS_2026,
        "code": "cn-12315-accept",
        **ACCEPT,
        "count": 7,
        "source": "消费者权益保护法 第四十六条；市场监督管理投诉举报处理办法",
    },
    {
        **MARKETS,
        **MARKETS_2020,
        "code": "cn-12315-finish",
        **FINISH,
        "count": 45,
        "source": "市场监督管理投诉举报处理暂行办法 第二十一条",
    },
    {
        **MARKETS,
        **MARKETS_2026,
        "code": "cn-12315-finish",
        **FINISH,
        "count": 60,
        "unit": rules.CALENDAR_DAYS,
        "source": "市场监督管理投诉举报处理办法 第二十三条第一款第（五）项",
    },
    {
        **FINANCE,
        "code": "cn-finance",
        "name": "银行业保险业消费投诉：作出处理决定",
        "name_en": "Banking and insurance: decide the complaint",
        "count": 15,
        "extensions": [
            {"count": 15, "why": "情况复杂，可延长至30日"},
            {
                "count": 30,
                "why": "情况特别复杂或有其他特殊原因，经上级机构或总行、总公司高级管理人员审批并告知投诉人，再延长30日",
            },
        ],
        "source": "银行业保险业消费投诉处理管理办法",
    },
)
