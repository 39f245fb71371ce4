"""How long we wait for the customer's word."""

from shouwen.kernel.worktime import Calendar


def longest_day(calendar: Calendar) -> int:
    """Open seconds of the calendar's fullest weekday: what one working day is worth in working time."""
    days = (sum(end - start for start, end in spans) * 60 for spans in calendar.week.values())
    return max(days, default=0) or 8 * 3600
