"""Official days: install a year's notice, correct a single day."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus
from shouwen.promises import policies, queries
from shouwen.promises.events import NoticeInstalled, OfficialDayChanged
from shouwen.promises.models import OfficialDay, OfficialKind
from shouwen.promises.rules.notice import NoticeDay
from shouwen.promises.services import recomputing
from shouwen.promises.services.editions import changed

COUNTRIES = ("CN",)
FIRST_YEAR, LAST_YEAR = 2004, 2100


@transaction.atomic
def install_notice(
    *, country: str, year: int, days: Sequence[NoticeDay], source: str, at: datetime, by: Actor
) -> recomputing.Moved:
    """Put a year's official days in place of what was known of that year; due times that waited for it are
    computed again. Returns what moved."""
    require(by, policies.CALENDARS)
    _check(country, year)
    if not any(day.kind == "holiday" for day in days):
        raise Invalid(_("A notice names at least one holiday."), field="days")
    if any(day.date.year != year for day in days):
        raise Invalid(_("Every day must lie in the year of the notice."), field="days")
    OfficialDay.objects.filter(country=country, date__year=year).delete()
    unique = {day.date: day for day in days}.values()
    OfficialDay.objects.bulk_create(
        [
            OfficialDay(
                country=country, date=day.date, kind=day.kind, name=day.name[:80], source=source[:200]
            )
            for day in unique
        ]
    )
    changed()
    counts = {kind: sum(day.kind == kind for day in unique) for kind in OfficialKind.values}
    fact = NoticeInstalled(country, year, counts["holiday"], counts["workday"], source[:200])
    bus.announce(fact, subjects=[("official_year", year)], by=by, at=at)
    return recomputing.provisional_dues(at=at, by=by)


@transaction.atomic
def set_official_day(
    *, country: str, day: date, kind: str | None, name: str = "", at: datetime, by: Actor
) -> None:
    """Correct one day of a known year: holiday, make-up workday, or (None) an ordinary day."""
    require(by, policies.CALENDARS)
    _check(country, day.year)
    if kind is not None and kind not in OfficialKind.values:
        raise Invalid(_("Choose holiday or make-up workday."), field="kind")
    _take_over(country, day.year)
    before = OfficialDay.objects.filter(country=country, date=day).first()
    OfficialDay.objects.filter(country=country, date=day).delete()
    if kind is not None:
        OfficialDay.objects.create(country=country, date=day, kind=kind, name=name.strip()[:80])
    changed()
    fact = OfficialDayChanged(country, day.isoformat(), kind or "")
    bus.announce(
        fact,
        subjects=[("official_year", day.year)],
        by=by,
        at=at,
        before={"kind": before.kind, "name": before.name} if before else None,
        after={"kind": kind, "name": name} if kind else None,
    )
    recomputing.provisional_dues(at=at, by=by)


def _take_over(country: str, year: int) -> None:
    """Before a day is changed the whole year must stand in the table: an imported one, or the packaged one."""
    if OfficialDay.objects.filter(country=country, date__year=year).exists():
        return
    packaged = queries.packaged_days(year, country)
    if not packaged:
        raise Invalid(_("Import the notice of this year first."), field="date")
    OfficialDay.objects.bulk_create(packaged)


def _check(country: str, year: int) -> None:
    if country not in COUNTRIES:
        raise Invalid(_("Official days are known for China only."), field="country")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        sentence = _("Enter a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise Invalid(sentence, field="year")
