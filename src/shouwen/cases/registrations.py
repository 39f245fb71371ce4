"""What cases say to the registries below: permissions, frame, search, intake, privacy, sentences, settings, API."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.cases import links, permissions, queries, services
from shouwen.cases.queries import ledger_words, reasons
from shouwen.cases.queries.automation import conditions, shown, telling
from shouwen.cases.queries.because import described
from shouwen.cases.queries.share import export
from shouwen.cases.services import automatic
from shouwen.cases.services.automation import actions
from shouwen.cases.services.erasing import erase
from shouwen.cases.services.undertaking import Ledger
from shouwen.channels import intake, promising, reading
from shouwen.channels import subjects as channel_subjects
from shouwen.kernel.references import reference
from shouwen.people import loads as people_loads
from shouwen.platform import apikit, frame, privacy, search
from shouwen.platform.ledger import books, history, places
from shouwen.platform.ledger.describe import sentence
from shouwen.platform.preferences import setting
from shouwen.promises import subjects as promise_subjects

SENTENCES = {
    "cases.opened": _("Case opened"),
    "cases.taken": _("%(owner_name)s took the case and owns it"),
    "cases.replied": _("Answered the customer"),
    "cases.reply_undone": _("Sending was undone"),
    "cases.noted": _("Note written"),
    "cases.received": _("The customer wrote"),
    "cases.handoff_asked": _("Handoff to %(to_name)s asked: %(reason)s"),
    "cases.handoff_accepted": _("%(to_name)s accepted the handoff (no. %(count)s)"),
    "cases.handoff_declined": _("%(to_name)s declined the handoff: %(answer)s"),
    "cases.handoff_withdrawn": _("Handoff withdrawn"),
    "cases.customer_told_of_handoff": _("The customer was told who answers now"),
    "cases.task_asked": _("Help asked: %(title)s"),
    "cases.machine_asked": _("A language model read the conversation"),
    "cases.feeling_marked": _("The customer's mood was marked"),
    "cases.understood": _("Restated: %(text)s"),
    "cases.understanding_confirmed": _("The customer confirmed what we understood"),
    "cases.option_offered": _("Option offered: %(text)s"),
    "cases.option_chosen": _("The customer chose: %(text)s"),
    "cases.behaviour_marked": _("Checklist changed"),
    "cases.escalated": described,
    "cases.escalation_settled": _("Escalation settled: %(ruling)s"),
    "cases.dispute_raised": _("%(one)s and %(other)s disagree: %(question)s"),
    "cases.dispute_ruled": _("Ruled that %(answerable)s answers: %(ruling)s"),
    "cases.ladder_changed": _("Escalation ladder changed (version %(version)s)"),
    "cases.resolved": _("Resolved: %(summary)s"),
    "cases.confirmed": _("The customer says: solved"),
    "cases.not_yet": _("The customer says: not yet. %(word)s"),
    "cases.reopened": _("Reopened: %(reason)s"),
    "cases.closed_unconfirmed": _("Closed without the customer's answer"),
    "cases.changed": _("Particulars changed"),
    "cases.linked": _("Linked with another case"),
    "cases.merged": _("Merged"),
    "cases.merge_undone": _("Merge undone"),
    "cases.split": _("Part of it became a case of its own"),
    "cases.kind_changed": _("Kind of case changed: %(code)s"),
    "cases.routing_changed": _("Routing of %(name)s changed (version %(version)s)"),
    "cases.rule_changed": _("Rule changed: %(name)s (version %(version)s)"),
    "cases.macro_changed": _("Macro changed: %(name)s (version %(version)s)"),
    "cases.intake_rule_changed": _("Intake rule changed: %(name)s (version %(version)s)"),
}
TASK_STATES = {
    "accepted": _("Task accepted: %(title)s"),
    "rejected": _("Task rejected: %(title)s. %(answer)s"),
    "delivered": _("Task delivered: %(title)s"),
    "returned": _("Task returned: %(title)s. %(answer)s"),
    "approved": _("Task passed the check: %(title)s"),
    "cancelled": _("Task cancelled: %(title)s. %(answer)s"),
}


def register() -> None:
    permissions.register()
    intake.register(services.take_in)
    promising.register(Ledger())
    channel_subjects.register(
        "case",
        name=reference,
        url=lambda pk: reverse("cases:case", args=[reference(pk)]),
        may_see=queries.may_see,
        is_open=queries.goes_on,
        customers_page=links.page_of,
        hold=queries.held,
    )
    reading.conceal(r"/r/[A-Za-z0-9_:.=-]{12,}/?")  # the customer's own link: only they speak by it
    promise_subjects.register("case", queries.describe, queries.answers_for)
    promise_subjects.tells("case", automatic.NewTimes())
    search.register_all("case", queries.search_docs)
    people_loads.register(queries.open_by_owner)
    privacy.register("cases", export=export, erase=erase)
    conditions.register()
    actions.register()
    _frame()
    _setting_pages()
    _settings()
    _sentences()
    apikit.scope("cases:read", _("Read cases"))
    apikit.scope("cases:write", _("Open, answer and change cases"))
    apikit.add_router("/cases", "shouwen.cases.api.routes")
    apikit.add_router("/contacts", "shouwen.cases.api.contacts")
    apikit.add_router("/channel-statistics", "shouwen.cases.api.statistics")
    apikit.add_router("/routing", "shouwen.cases.api.routing")
    apikit.add_router("/rules", "shouwen.cases.api.rules")
    apikit.add_router("/macros", "shouwen.cases.api.macros")
    apikit.add_router("/escalation", "shouwen.cases.api.ladder")


def _frame() -> None:
    frame.rail(
        "inbox", _("Inbox"), "cases:inbox", "inbox", permissions.SEE, order=10, badge=queries.waiting_badge
    )
    frame.rail(
        "tasks",
        _("Tasks"),
        "cases:tasks",
        "list-checks",
        permissions.TASKS,
        order=30,
        badge=queries.tasks_badge,
    )
    frame.rail("supervisor", _("Team"), "cases:supervisor", "gauge", permissions.SUPERVISE, order=80)
    frame.rail(
        "channels",
        _("Channels"),
        "cases:channel-statistics",
        "chart-column",
        permissions.SUPERVISE,
        order=82,
    )
    frame.rail("disputes", _("Disputes"), "cases:disputes", "scale", permissions.RULE, order=83)
    frame.palette(
        _("Register a contact"), "cases:register", "new phone desk", icon="plus", permission=permissions.WORK
    )
    frame.palette(_("Search cases"), "cases:search", "find", icon="search", permission=permissions.SEE)
    frame.setting(
        "ladder",
        _("Escalation"),
        "cases:ladder",
        "trending-up",
        permissions.CONFIGURE,
        order=32,
        help=_("What raises a case by itself, who is told on each level, and when it goes further up"),
    )
    frame.palette(
        _("Disputes between departments"),
        "cases:disputes",
        "ruling chief",
        icon="scale",
        permission=permissions.RULE,
    )
    frame.public("request", _("Send a request"), "cases:request", "pencil", order=20)
    frame.public("portal", _("My requests"), "cases:portal", "list-todo", order=30)
    frame.needs("register", permissions.WORK)
    frame.needs("search", permissions.SEE)
    frame.needs("notices", permissions.SEE)
    frame.notices(queries.unread_notices)
    frame.topics(lambda actor: ["inbox"] if actor.can(permissions.SEE_ALL) else [])


def _setting_pages() -> None:
    frame.setting(
        "kinds",
        _("Kinds of cases and intake"),
        "cases:kinds",
        "shapes",
        permissions.CONFIGURE,
        order=30,
        help=_("Kinds with their own fields; rules that propose kind, priority and team"),
    )
    frame.setting(
        "routing",
        _("Routing"),
        "cases:routing",
        "route",
        permissions.CONFIGURE,
        order=31,
        help=_("To whom each team's contacts are offered, by what, and when they go on"),
    )
    frame.setting(
        "rules",
        _("Rules and macros"),
        "cases:rules",
        "workflow",
        permissions.CONFIGURE,
        order=31,
        help=_("All rules in one place: at intake, on events, by time; with a try, a log and versions"),
    )
    frame.setting(
        "macros",
        _("Macros"),
        "cases:macros",
        "zap",
        permissions.WORK,
        order=32,
        help=_("Several things at one word, looked at before they are done; one's own or shared"),
    )


def _settings() -> None:
    group = _("Cases")
    setting(
        "cases.confirm_days",
        5,
        label=_("Working days to wait for the customer's confirmation"),
        group=group,
        minimum=1,
        maximum=60,
    )
    setting("cases.acknowledge", True, label=_("Acknowledge new mails and forms at once"), group=group)
    setting(
        "cases.offer_to",
        8,
        label=_("Offer a new case to at most so many free agents"),
        group=group,
        minimum=1,
        maximum=100,
    )
    setting(
        "cases.undo_seconds",
        8,
        label=_("Seconds in which sending can be undone"),
        group=group,
        minimum=0,
        maximum=60,
    )

    group = _("Customers' pages")
    setting(
        "cases.portal_welcome",
        "",
        label=_("Welcome on “My requests”"),
        help=_("Stands above the door and the list, in place of our own sentence."),
        group=group,
        lines=True,
    )
    setting(
        "cases.request_welcome",
        "",
        label=_("Welcome on “Send a request”"),
        help=_("Such as what you need to know at once, and whom to call in an emergency."),
        group=group,
        lines=True,
    )


def _sentences() -> None:
    books.enter(
        books.SETTINGS,
        *(f"cases.{one}_changed" for one in ("kind", "intake_rule", "routing", "ladder", "rule", "macro")),
    )
    for name, (label, value) in shown.FIELDS.items():
        history.field(name, label, value)
    sentence("cases.rule_ran", telling.rule_ran)
    sentence("cases.macro_applied", telling.macro_applied)
    for name, text in SENTENCES.items():
        sentence(name, text)
    ledger_words.register()
    places.register(
        "case", lambda pk: places.Shown(reference(pk), reverse("cases:case", args=[reference(pk)]))
    )
    for name, label in reasons.FIELDS.items():
        history.field(name, label, reasons.field_value)
    sentence("cases.offered", reasons.offered)
    sentence("cases.passed_on", reasons.passed_on)
    sentence("cases.task_moved", lambda data: str(TASK_STATES[data["state"]]) % data)
    sentence(
        "cases.waiting",
        lambda data: (
            _("Waiting for the customer") if data["waiting"] else _("No longer waiting for the customer")
        ),
    )
    sentence("cases.snoozed", lambda data: _("Put aside") if data["until"] else _("Back again"))
    sentence("cases.watched", lambda data: _("Watched") if data["watching"] else _("No longer watched"))
