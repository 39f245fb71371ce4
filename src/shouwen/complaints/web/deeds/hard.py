"""Deadlock, recovery, outside bodies, several complainants, the end."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.complaints import services
from shouwen.complaints.queries import choices
from shouwen.complaints.web.deeds.words import YES_NO, colleagues, reason
from shouwen.complaints.web.forms import Ask, Deed, Field
from shouwen.platform.preferences import get as preference
from shouwen.promises import queries as promises

FEELINGS = [
    (1, _("1 very bad")),
    (2, _("2 bad")),
    (3, _("3 so-so")),
    (4, _("4 good")),
    (5, _("5 very good")),
]
OUTCOMES = [
    ("worked", pgettext_lazy("deadlock", "It went on")),
    ("failed", pgettext_lazy("deadlock", "It did not help")),
]


def _move(ask: Ask) -> list[Field]:
    one = ask.complaint
    offered = choices.bases_on(one.happened_on or one.opened_at.date())
    granted = [(o.pk, o.title) for o in ask.parts.options if ask.parts.granted(o)]
    none: tuple[Any, Any] = ("", "—")
    person = colleagues("to_id", _("Who goes on (another person)"), "", blank=True)
    return [
        Field("sort", _("Which way out"), "radios", "set_aside", True, choices.MOVES),
        reason(_("Why, and what you said to the customer")),
        Field(
            "until", _("Until when (set aside)"), "moment", help=_("Only once nothing about it is urgent.")
        ),
        person,
        Field("basis_id", _("The written basis (hold to the principle)"), "ident", choices=[none, *offered]),
        Field("option_id", _("What was granted (concede)"), "ident", choices=[none, *granted]),
    ]


def _outside(ask: Ask) -> list[Field]:
    return [
        Field("body", _("Which body"), "radios", "12315", True, choices.BODIES),
        Field("name", _("Its name"), required=True, limit=120),
        Field("reference", _("Their reference"), limit=120),
        Field("asks", _("What they ask"), "area", limit=4000),
        Field("came_at", _("When it came"), "moment", help=_("Empty: now.")),
        Field(
            "limit_code",
            _("Time limit by law"),
            "select",
            choices=[("", "—"), *promises.statutory_choices(ask.at)],
            help=_("Counted from the day it came; each day is explained on its own page."),
        ),
        Field("due_at", _("When they want an answer"), "moment", help=_("The day on their letter.")),
    ]


def _end(ask: Ask) -> list[Field]:
    ways = ask.complaint.ways_named or preference("complaints.outside_ways")
    return [
        Field("confirmed", _("Is the customer satisfied with how it ended?"), "yes", "", True, YES_NO),
        Field(
            "ways",
            _("Which outside bodies the customer was told of"),
            "area",
            ways,
            limit=2000,
            help=_(
                "Needed where the customer is not satisfied: the complaint then ends openly, not quietly."
            ),
        ),
    ]


def _review(ask: Ask) -> list[Field]:
    one = ask.complaint
    return [
        Field("cause", _("Main cause"), "select", one.cause, True, choices.CAUSES),
        Field("cause_note", _("More about the cause"), "area", one.cause_note, limit=2000, rows=2),
        Field("lesson", _("What we learn"), "area", one.lesson, True, limit=4000),
        Field("measure", _("What we change"), "area", one.measure, limit=4000),
    ]


def _member(ask: Ask) -> list[Field]:
    return [
        Field("name", _("Name"), limit=120, help=_("Empty: the customer of the case.")),
        Field("contact", _("How to reach them"), limit=120),
        Field("case_ref", _("Their own case"), limit=40, help=_("Its reference, where there is one.")),
        Field("representative", _("Speaks for the others"), "flag"),
    ]


def _telling(ask: Ask) -> list[Field]:
    newest = ask.parts.explanations[0].text if ask.parts.explanations else ""
    return [Field("text", _("What they are told"), "area", newest, True, limit=8000, rows=8)]


DEEDS = (
    Deed(
        "deadlock", "deadlock/", _("A way out of the deadlock"), _("Do it"), _("On record."),
        services.make_move, _move, icon="split", anchor="#deadlock",
    ),
    Deed(
        "deadlock-outcome", "deadlock/<int:move_id>/outcome/", _("What came of it"), _("Keep"),
        _("On record."), services.end_move,
        lambda ask: [
            Field("outcome", _("What came of it"), "radios", "", True, OUTCOMES),
            reason(_("How it turned out"), name="note"),
        ],
        icon="flag", anchor="#deadlock",
    ),
    Deed(
        "recovery", "recovery/", _("Service recovery"), _("Plan it"), _("Planned."), services.plan_recovery,
        lambda ask: [
            Field("sort", _("What"), "radios", "apology", True, choices.RECOVERIES),
            reason(_("What we do"), name="text"),
            Field("follow_up_at", _("When we ask whether it helped"), "moment", required=True),
        ],
        icon="heart-handshake", anchor="#recovery",
    ),
    Deed(
        "follow-up", "recovery/<int:recovery_id>/follow-up/", _("Follow-up contact"), _("Keep"),
        _("On record."), services.follow_recovery,
        lambda ask: [
            Field("level", _("How does the customer feel about us now?"), "level", "", True, FEELINGS),
            Field("word", _("In the customer's words"), "area", limit=2000),
        ],
        icon="phone-outgoing", anchor="#recovery",
    ),
    Deed(
        "outside", "outside/", _("An outside body"), _("Keep"), _("On record."), services.record_outside,
        _outside, icon="landmark", anchor="#outside",
    ),
    Deed(
        "outside-answer", "outside/<int:matter_id>/answer/", _("Our answer to the outside body"), _("Keep"),
        _("On record."), services.answer_outside,
        lambda ask: [Field("answer", _("What we answered"), "area", required=True, limit=8000, rows=6)],
        icon="send", anchor="#outside",
    ),
    Deed(
        "member", "members/", _("Somebody else complains of the same"), _("Add them"), _("Added."),
        services.add_member, _member, icon="users", anchor="#members",
    ),
    Deed(
        "member-removal", "members/<int:member_id>/removal/", _("Take somebody off the complaint"),
        _("Take off the list"), _("Taken off the list."), services.remove_member, icon="user-minus",
        anchor="#members",
    ),
    Deed(
        "members-telling", "members/telling/", _("Tell the other complainants"), _("Tell them"),
        _("Sent. Whoever is still marked has to be told by word of mouth."), services.tell_members, _telling,
        lead=_("Goes to everybody here who has a request of their own, each on their own channel. Take out whatever "
               "concerns one of them alone."),
        icon="megaphone", anchor="#members",
    ),
    Deed(
        "member-told", "members/<int:member_id>/told/", _("Told by word of mouth"), _("Told by word of mouth"),
        _("On record."), services.told_member, icon="phone-outgoing", anchor="#members",
    ),
    Deed(
        "customers-word", "customers-word/", _("The customer's word at the end"), _("Keep"), _("On record."),
        services.record_customers_word, _end,
        lead=_("“Solved” on the customer's own page counts by itself; write down here what was said another way."),
        icon="badge-check",
    ),
    Deed(
        "review", "review/", _("Cause and lesson"), _("Keep"), _("On record."), services.review, _review,
        icon="lightbulb", anchor="#review",
    ),
)  # fmt: skip
