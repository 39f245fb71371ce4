"""Threats (ESC-6): who is told, when they hear of it again, who answers, and how it ends."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

KINDS: Final = ("legal", "personal", "media", "detention")
STEPS: Final = ("contact", "safety", "talk", "outside", "other")
OUTCOMES: Final = ("averted", "authorities", "carried_out", "unfounded")
MOST_TOLD: Final = 30
LONGEST_MINUTES: Final = 1440
OLDEST: Final = timedelta(days=366)  # what happened longer ago is a slip of the keyboard


def check(
    *, kind: str, who: str, held: str, words: str, happened_at: datetime, at: datetime
) -> dict[str, Sentence]:
    """What is missing or wrong, by field; empty when the threat can be registered."""
    errors: dict[str, Sentence] = {}
    if kind not in KINDS:
        errors["kind"] = Sentence(N_("Choose one of the listed values."))
    if not who.strip():
        errors["who"] = Sentence(N_("Say who is threatened."))
    if not words.strip():
        errors["words"] = Sentence(N_("Write down the words as they were said."))
    if kind == "detention" and not held.strip():
        errors["held"] = Sentence(N_("Say who or what is held."))
    if happened_at > at:
        errors["happened_at"] = Sentence(N_("This time has not come yet."))
    elif at - happened_at > OLDEST:
        errors["happened_at"] = Sentence(N_("That is more than a year ago."))
    return errors


def check_registrar(staff_id: int | None) -> None:
    """A machine proposes; that it is a threat, a person says."""
    if staff_id is None:
        raise Refused(Sentence(N_("Only a person registers a threat; no rule does it by itself.")))


def told(named: Iterable[int], supervisors: Iterable[int], chiefs: Iterable[int]) -> list[int]:
    """Who hears of it at once: those named for the kind, else the team's supervisors and the chief service managers."""
    wanted = list(dict.fromkeys(named)) or list(dict.fromkeys([*supervisors, *chiefs]))
    return wanted[:MOST_TOLD]


def next_reminder(at: datetime, minutes: int) -> datetime | None:
    """When those who were told hear of it again; never where it is set to 0. By the clock, not by service hours."""
    return at + timedelta(minutes=minutes) if minutes else None


def check_acknowledges(*, state: str, staff_id: int | None, told: Iterable[int]) -> None:
    """Only somebody who was told by name acknowledges it, once."""
    must_be_open(state)
    if staff_id is None or staff_id not in set(told):
        raise Refused(Sentence(N_("Only somebody who was told by name can acknowledge it.")))
    if state != "open":
        raise Refused(Sentence(N_("Somebody has acknowledged it already.")))


def must_be_open(state: str) -> None:
    if state == "ended":
        raise Refused(Sentence(N_("This threat has ended; its record is not changed any more.")))


def check_step(*, sort: str, done_at: datetime, happened_at: datetime, at: datetime) -> None:
    errors: dict[str, Sentence] = {}
    if sort not in STEPS:
        errors["sort"] = Sentence(N_("Choose one of the listed values."))
    if done_at > at:
        errors["done_at"] = Sentence(N_("This time has not come yet."))
    elif done_at < happened_at:
        errors["done_at"] = Sentence(N_("That is before the threat was made."))
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)


def check_ends(*, state: str, outcome: str, steps: int) -> None:
    """An end needs somebody who saw to it, something that was done, and how it came out. What was no threat needs
    no step."""
    must_be_open(state)
    if outcome not in OUTCOMES:
        raise Invalid(Sentence(N_("Choose one of the listed values.")), field="outcome")
    if state == "open":
        raise Refused(Sentence(N_("Somebody has to acknowledge it first.")))
    if not steps and outcome != "unfounded":
        raise Refused(Sentence(N_("Record first what was done about it.")))


def check_minutes(minutes: int) -> None:
    if not 0 <= minutes <= LONGEST_MINUTES:
        raise Invalid(
            Sentence(N_("Enter a number from %(least)s to %(most)s."), {"least": 0, "most": LONGEST_MINUTES}),
            field="minutes",
        )
