"""Reads on calendars and official days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.kernel import worktime
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.kernel.worktime.official import official_days
from shouwen.promises.models import Calendar, OfficialDay, OfficialKind
from shouwen.promises.queries import policy


def calendars(*, active_only: bool = False) -> QuerySet[Calendar]:
    found = Calendar.objects.all()
    return found.filter(active=True) if active_only else found


def calendar(calendar_id: int) -> Calendar:
    found = Calendar.objects.filter(pk=calendar_id).first()
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def locked_calendar(calendar_id: int) -> Calendar:
    found = Calendar.objects.select_for_update().filter(pk=calendar_id).first()
    if found is None:
        raise NotFound(_("There is no such calendar."))
    return found


def calendar_choices() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in calendars(active_only=True).values_list("pk", "name")]


def working(calendar_id: int | None) -> worktime.Calendar:
    """The calendar ready for computing; None or a vanished one gives the default."""
    return policy.current().calendar(calendar_id)


@dataclass(frozen=True)
class DayView:
    """A day of a year's page. `reason` as in worktime.days: week, shift, holiday, official_holiday, …"""

    date: date
    reason: str
    hours: str
    provisional: bool


@dataclass(frozen=True)
class MonthView:
    first: date
    blanks: int
    days: list[DayView]


def year_view(calendar_id: int, year: int) -> list[MonthView]:
    """Twelve months of days, each with whether and when it is open; `blanks` are the empty cells
    before the 1st."""
    if not 2000 <= year <= 2100:
        raise Invalid(
            _("Enter a year from %(first)s to %(last)s.") % {"first": 2000, "last": 2100}, field="year"
        )
    timetable = working(calendar_id).timetable
    months: list[MonthView] = []
    day = date(year, 1, 1)
    while day.year == year:
        if day.day == 1:
            months.append(MonthView(day, day.weekday(), []))
        found = timetable.day(day.toordinal())
        hours = ", ".join(
            f"{_clock(opens, timetable)}–{_clock(closes, timetable)}" for opens, closes in found.spans
        )
        months[-1].days.append(DayView(day, found.reason, hours, found.provisional))
        day += timedelta(days=1)
    return months


def _clock(moment: int, timetable: worktime.days.Timetable) -> str:
    from shouwen.kernel.worktime.days import moment_of

    return moment_of(moment).astimezone(timetable.zone).strftime("%H:%M")


@dataclass(frozen=True)
class YearOfDays:
    """What is known of a year: from the package, or from a notice installed here."""

    year: int
    holidays: int
    workdays: int
    source: str
    installed: bool


def known_years(country: str = "CN") -> list[YearOfDays]:
    """Newest first: years with an installed notice, and the package's latest five."""
    grouped = OfficialDay.objects.filter(country=country).values_list("date__year", "kind", "source")
    found: dict[int, YearOfDays] = {}
    packaged = official_days(country)
    for year in range(packaged.last.year - 4, packaged.last.year + 1):
        counts = [sum(day.year == year for day in days) for days in (packaged.holidays, packaged.workdays)]
        found[year] = YearOfDays(year, counts[0], counts[1], "", installed=False)
    installed: dict[int, list[int]] = {}
    sources: dict[int, str] = {}
    for year, kind, source, count in grouped.annotate(count=Count("id")).order_by():
        installed.setdefault(year, [0, 0])[kind == "workday"] += count
        sources[year] = source or sources.get(year, "")
    for year, (holidays, workdays) in installed.items():
        found[year] = YearOfDays(year, holidays, workdays, sources[year], installed=True)
    return sorted(found.values(), key=lambda entry: -entry.year)


def official_days_of(year: int, country: str = "CN") -> Sequence[OfficialDay]:
    """The installed days of a year, or else the packaged ones (not stored, without names)."""
    installed = list(OfficialDay.objects.filter(country=country, date__year=year).order_by("date"))
    return installed or packaged_days(year, country)


def packaged_days(year: int, country: str = "CN") -> list[OfficialDay]:
    known = official_days(country)
    kinds = ((known.holidays, OfficialKind.HOLIDAY), (known.workdays, OfficialKind.WORKDAY))
    found = [
        OfficialDay(country=country, date=day, kind=kind)
        for days, kind in kinds
        for day in days
        if day.year == year
    ]
    return sorted(found, key=lambda day: day.date)


def next_unknown_year(country: str = "CN") -> int:
    """The first year for which due times are still provisional."""
    installed = tuple(sorted(OfficialDay.objects.filter(country=country).values_list("date", "kind")))
    return policy.with_notices(country, installed).last.year + 1


def try_due(calendar_id: int, start: datetime, seconds: int) -> worktime.Due:
    return worktime.due(working(calendar_id), start, seconds)
