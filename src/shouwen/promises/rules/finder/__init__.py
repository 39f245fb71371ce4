"""The promise finder: reads a reply in Chinese or English for things said with a due time.

    find(text, at, calendar, zone) -> list[FoundPromise]

    10分钟内给您回电            → 回电, due in ten real minutes
    三个工作日内处理完毕         → due at the close of the third working day by the calendar
    We'll call by tomorrow noon → call, due tomorrow at 12:00

Questions, conditions, the customer's own words, what the customer is to do, history, opening hours and
negations are not promises. Pure: the time and the calendar are passed in. Doors: find, FoundPromise.
"""

from .reading import find
from .shape import FoundPromise

__all__ = ["FoundPromise", "find"]
