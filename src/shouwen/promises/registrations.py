"""What promises say to the registries below: permissions, settings, sentences, frame, API, privacy."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.platform import apikit, frame, privacy
from shouwen.platform.access import Actor, now
from shouwen.platform.ledger import books, history
from shouwen.platform.ledger.describe import sentence
from shouwen.platform.preferences import setting
from shouwen.platform.waiting import Counted
from shouwen.promises import policies, queries, services
from shouwen.promises.rules.satisfaction import DEFAULT_EXPECTED, EQUAL_BAND

FIELDS: dict[str, tuple[Any, Any]] = {
    "code": (_("Code"), None),
    "name_en": (_("Name (English)"), None),
    "description": (_("What it is"), None),
    "description_en": (_("What it is (English)"), None),
    "for_whom": (_("For whom"), None),
    "for_whom_en": (_("For whom (English)"), None),
    "price_note": (_("Price"), None),
    "price_note_en": (_("Price (English)"), None),
    "covered": (_("Covered"), None),
    "covered_en": (_("Covered (English)"), None),
    "not_covered": (_("Not covered"), None),
    "not_covered_en": (_("Not covered (English)"), None),
    "evidence_needed": (_("What the customer must show"), None),
    "evidence_needed_en": (_("What the customer must show (English)"), None),
    "expectation_notice": (_("Said to the customer before we begin"), None),
    "expectation_notice_en": (_("Said to the customer before we begin (English)"), None),
    "sends_notice": (_("Send the notice by itself, once, before the service begins"), None),
    "public": (_("On the public catalogue page"), None),
    "minimum_lead_minutes": (_("Shortest time (minutes)"), None),
    "strict": (_("Refuse what is in doubt: outside working hours, or not this person's to promise"), None),
    "restricted": (_("Only these roles may promise it"), None),
    "first_reply": (_("First reply"), queries.span_text),
    "next_reply": (_("Next reply"), queries.span_text),
    "solution": (_("Solution"), queries.span_text),
}
SENTENCES: dict[str, Any] = {
    "promises.made": _("Promised: %(text)s"),
    "promises.kept": _("Promise kept: %(text)s"),
    "promises.renegotiated": _("Promise renegotiated: %(text)s (%(reason)s)"),
    "promises.passed_on": _("%(to_name)s is to keep the promise now: %(text)s"),
    "promises.told": _("Customer told of the new time"),
    "promises.warned": _("Promise at %(share)s%% of its time: %(text)s"),
    "promises.broken": _("Promise broken: %(text)s"),
    "promises.break_explained": _("Broken promise explained: %(reason)s"),
    "promises.delivered_late": _("Promise delivered late: %(text)s"),
    "promises.withdrawn": _("Promise withdrawn: %(text)s (%(reason)s)"),
    "promises.redated": _("Due time of a promise computed again after a notice"),
    "promises.clocks_redated": _("Due times computed again after a notice"),
    "promises.expectation_recorded": _("Expectation recorded"),
    "promises.calendar_changed": _("Working calendar changed"),
    "promises.notice_installed": _("Official days of %(year)s put in"),
    "promises.official_day_changed": _("Official day %(date)s changed"),
    "promises.service_item_changed": _("Service item changed: %(code)s"),
    "promises.standard_set": _("Service standard stated"),
    "promises.standard_ended": _("Service standard ended"),
    "promises.coverage_set": _("Coverage of a service item stated: %(code)s"),
    "promises.kind_changed": _("Who may promise what changed: %(work)s"),
    "promises.statutory_started": _("Statutory time limit started (%(code)s)"),
    "promises.statutory_warned": _("Statutory time limit: most of the days are over (%(code)s)"),
    "promises.statutory_breached": _("Statutory time limit exceeded (%(code)s)"),
    "promises.statutory_met": _("Statutory time limit met (%(code)s)"),
    "promises.statutory_stopped": _("Statutory time limit stopped (%(code)s): %(reason)s"),
    "promises.statutory_extended": _("Statutory time limit extended (%(code)s): %(reason)s"),
    "promises.statutory_template_set": _("Statutory time limit stated: %(code)s, version %(version)s"),
    "promises.statutory_template_ended": _("Statutory time limit ended: %(code)s"),
}
CLOCK_SENTENCES: dict[str, Any] = {
    "promises.clock_warned": _("%(clock)s: most of the time has passed"),
    "promises.clock_breached": _("%(clock)s: time exceeded"),
    "promises.clock_met": _("%(clock)s: in time"),
}


def register() -> None:
    policies.register()
    _settings()
    _frame()
    for name, text in SENTENCES.items():
        sentence(name, text)
    for name, text in CLOCK_SENTENCES.items():
        sentence(name, _clock_sentence(text))
    books.enter(
        books.SETTINGS,
        "promises.calendar_changed",
        "promises.notice_installed",
        "promises.official_day_changed",
        "promises.service_item_changed",
        "promises.standard_set",
        "promises.standard_ended",
        "promises.kind_changed",
        "promises.coverage_set",
        "promises.statutory_template_set",
        "promises.statutory_template_ended",
    )
    for name, (label, value) in FIELDS.items():
        history.field(name, label, value)
    for sort, label in queries.coverage_sorts():
        history.field(sort, label, queries.coverage_said)
    privacy.register("promises", export=queries.export, erase=services.erase_customer)
    for code, label in (
        ("promises:read", _("Read promises")),
        ("promises:write", _("Change promises and the service catalogue")),
        ("calendars:read", _("Read working calendars")),
        ("calendars:write", _("Change working calendars")),
    ):
        apikit.scope(code, label)
    apikit.add_router("/promises", "shouwen.promises.api.ledger")
    apikit.add_router("/calendars", "shouwen.promises.api.calendars")
    apikit.add_router("/service-items", "shouwen.promises.api.catalogue")
    apikit.add_router("/promise-kinds", "shouwen.promises.api.kinds")
    apikit.add_router("/statutory-limits", "shouwen.promises.api.limits")


def _clock_sentence(text: Any) -> Any:
    return lambda data: str(text) % {"clock": queries.sort_label(data.get("sort", ""))}


def _settings() -> None:
    group = _("Promises and expectations")
    setting(
        "promises.minimum_lead_minutes",
        2,
        label=_("Shortest promise (minutes)"),
        help=_("A due time nearer than this is refused: nobody can keep it."),
        group=group,
        minimum=0,
        maximum=240,
    )
    setting(
        "promises.expected_level",
        DEFAULT_EXPECTED,
        label=_("Expectation when none was recorded (1–5)"),
        help=_("Perception is held against this level on each dimension without a recorded expectation."),
        group=group,
        minimum=1,
        maximum=5,
    )
    setting(
        "promises.equal_band",
        EQUAL_BAND,
        label=_("Band that counts as equal"),
        help=_("A difference smaller than this, up or down, is “as expected”."),
        group=group,
        minimum=0.0,
        maximum=2.0,
    )


def _frame() -> None:
    frame.rail(
        "promises",
        _("Promises"),
        "promises:board",
        "handshake",
        policies.SEE,
        order=20,
        badge=_pressing,
    )
    frame.topics(_watched)
    frame.palette(
        _("Promise keeping rate"), "promises:rates", "cnl chengnuo lvxian keep rate", permission=policies.SEE
    )
    frame.setting(
        "calendars",
        _("Working calendars"),
        "promises:calendars",
        "calendar-days",
        policies.CALENDARS,
        order=30,
        help=_("Working hours, official holidays and make-up workdays, try a due time"),
    )
    frame.public("catalogue", _("What we offer"), "promises:public-catalogue", "book-open-check", order=15)
    frame.setting(
        "service-items",
        _("Service catalogue and standards"),
        "promises:items",
        "book-open-check",
        policies.CATALOGUE,
        order=31,
        help=_("What we offer, what it covers, how fast we answer and solve, by tier"),
    )
    frame.setting(
        "promise-kinds",
        _("Who may promise what"),
        "promises:promise-kinds",
        "handshake",
        policies.CATALOGUE,
        order=33,
        help=_("Shortest times, roles and sums for each kind of promise"),
    )
    frame.setting(
        "statutory-limits",
        _("Statutory time limits"),
        "promises:statutory-templates",
        "scale",
        policies.STATUTORY,
        order=32,
        help=_("What laws and regulators allow for a complaint, with source and version"),
    )


def _pressing(actor: Actor) -> Counted:
    return queries.pressing(actor, now())


def _watched(actor: Actor) -> list[str]:
    """Who sees everybody's promises hears of every change."""
    return ["promises"] if actor.can(policies.SEE_ALL) else []
