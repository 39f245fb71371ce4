"""What complaints say to the registries below: permissions, frame, notices, sentences, settings, privacy, API."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from shouwen.cases.queries import noticing
from shouwen.complaints import policies, queries, threat_registrations
from shouwen.complaints.queries import choices
from shouwen.complaints.queries.sharing import export
from shouwen.complaints.services.erasing import erase
from shouwen.kernel.money import Money
from shouwen.platform import apikit, frame, privacy
from shouwen.platform.ledger import books
from shouwen.platform.ledger.describe import sentence
from shouwen.platform.ledger.history import field, word
from shouwen.platform.preferences import setting
from shouwen.promises import subjects as promise_subjects

SENTENCES: dict[str, Any] = {
    "complaints.opened": _("A complaint was opened beside the case"),
    "complaints.stage_overdue": _("A stage of the complaint has run over its time"),
    "complaints.nature_decided": _("The nature of the complaint was decided"),
    "complaints.explained": _("The decision was explained to the customer"),
    "complaints.option_chosen": _("The customer chose: %(text)s"),
    "complaints.approval_signed": _("Somebody with authority gave their word"),
    "complaints.deadlock_moved": _("A way out of a deadlock"),
    "complaints.recovery_planned": _("Service recovery planned"),
    "complaints.recovery_followed": _("Asked after the recovery: the customer feels %(level)s of 5"),
    "complaints.outside_came": _("An outside body deals with it: %(name)s"),
    "complaints.outside_answered": _("The outside body was answered: %(name)s"),
    "complaints.reopened": _("The complaint is open again: %(reason)s"),
    "complaints.list_imported": _("List taken in: %(name)s, %(rows)s rows, %(refused)s refused"),
    "complaints.list_removed": _("List removed: %(name)s"),
    "complaints.library_answered": _("Somebody answered question %(number)s of the case library"),
    "complaints.setting_changed": _("Setting of complaints changed: %(name)s"),
}
ENDS: dict[str, Any] = {
    "closed": _("The complaint is closed"),
    "withdrawn": _("The customer withdrew the complaint: %(reason)s"),
    "no_complaint": _("It was no complaint after all"),
}
LIBRARY: dict[tuple[str, str], Any] = {
    ("", "draft"): _("A draft for the case library: %(name)s"),
    ("draft", "draft"): _("Draft of the case library changed: %(name)s"),
    ("draft", "published"): _("Looked over and published in the case library: %(name)s"),
    ("published", "published"): _("Entry of the case library changed: %(name)s"),
    ("published", "draft"): _("Taken back from the case library: %(name)s"),
}
PARTS: dict[str, Any] = {"title": _("Heading"), **queries.LIBRARY_PARTS}
DECISIONS: dict[str, Any] = {
    "granted": _("%(remedy)s of %(amount)s was granted"),
    "declined": _("%(remedy)s of %(amount)s was declined"),
    "withdrawn": _("The question for %(remedy)s of %(amount)s was taken back"),
}
FIELDS: dict[str, Any] = {
    "minutes": _("Working minutes"),
    "each": _("At once"),
    "together": _("Altogether"),
    "period": _("Period"),
    "source": _("Source"),
    "clause": _("Clause"),
    "valid_from": _("Valid from"),
    "valid_to": _("Valid to"),
    "hint": _("Hint for who writes"),
}


def register() -> None:
    policies.register()
    _notices()
    _sentences()
    _frame()
    setting(
        "complaints.two_people_above",
        5000,
        label=_("Two people have to say yes above this amount (yuan; 0: never)"),
        group=_("Complaints"),
        minimum=0,
        maximum=100_000_000,
    )
    setting(
        "complaints.outside_ways",
        "",
        label=_("Outside bodies that a customer may turn to, with address and number"),
        help=_("Named to a customer whose complaint is not solved to their satisfaction."),
        group=_("Complaints"),
        lines=True,
    )
    promise_subjects.register("complaint", queries.describe)
    apikit.scope("complaints:read", _("Read complaints"))
    apikit.scope("complaints:write", _("Work on complaints"))
    apikit.add_router("/case-library", "shouwen.complaints.api.library")
    apikit.add_router("/compensation", "shouwen.complaints.api.compensation")
    apikit.add_router("/complaint-figures", "shouwen.complaints.api.figures")
    apikit.add_router("/complaint-settings", "shouwen.complaints.api.setup")
    apikit.add_router("/complaints", "shouwen.complaints.api.routes")
    privacy.register("complaints", export=export, erase=erase)
    threat_registrations.register()


def _notices() -> None:
    noticing.tell("approval_asked", _("%(name)s asks you to decide: %(title)s, %(amount)s"), "stamp", "warn")
    noticing.tell("approval_granted", _("Granted by %(name)s: %(title)s, %(amount)s"), "check", "good")
    noticing.tell("approval_declined", _("Declined by %(name)s: %(title)s. %(reason)s"), "x", "warn")
    noticing.tell(
        "complaint_late", _("The present stage of this complaint is over its time"), "alarm-clock", "bad"
    )
    noticing.tell("complaint_back", _("What was set aside comes back today"), "sun", "info")
    noticing.tell("limit_by_law", _("A time limit set by law is near or gone"), "landmark", "bad")
    noticing.tell("follow_up", _("Ask whether it helped: %(text)s"), "heart-handshake", "warn")


def _stage(data: dict[str, Any]) -> str:
    return str(queries.STAGE_LABELS.get(data["stage"], data["stage"]))


def _sentences() -> None:
    books.enter(books.SETTINGS, "complaints.setting_changed")
    for name, text in SENTENCES.items():
        sentence(name, text)
    sentence(
        "complaints.recorded",
        lambda data: _("On record: %(what)s") % {"what": queries.RECORDED.get(data["what"], data["what"])},
    )
    sentence("complaints.stage_passed", lambda data: _("Stage passed: %(stage)s") % {"stage": _stage(data)})
    sentence(
        "complaints.stage_returned",
        lambda data: (
            _("Back to %(stage)s: %(reason)s")
            % {
                "stage": queries.STAGE_LABELS.get(data["to_stage"], data["to_stage"]),
                "reason": data["reason"],
            }
        ),
    )
    sentence("complaints.library_changed", lambda data: str(LIBRARY[(data["was"], data["state"])]) % data)
    field("amount", _("Amount"), lambda sum_in_fen: Money(int(sum_in_fen)).format())
    for code, label in choices.BASIS_SORTS:
        word("sort", code, label)
    field("cause", _("Main cause"), lambda code: dict(choices.CAUSES).get(code, code))
    field("liability", _("Liability"), lambda code: dict(choices.LIABILITY).get(code, code))
    field("triggers", _("What made it hard"), lambda codes: [dict(choices.TRIGGERS).get(c, c) for c in codes])
    for name, label in PARTS.items():
        field(f"zh_{name}", format_lazy("{} · {}", "中文", label))
        field(f"en_{name}", format_lazy("{} · {}", "English", label))
    sentence("complaints.ended", lambda data: str(ENDS[data["state"]]) % data)
    sentence(
        "complaints.approval_asked",
        lambda data: _("Asked who may grant it: %(remedy)s of %(amount)s") % _sum(data),
    )
    sentence("complaints.approval_decided", lambda data: str(DECISIONS[data["state"]]) % _sum(data))
    sentence(
        "complaints.grant_settled",
        lambda data: (
            (_("Released: %(amount)s") if data["released"] else _("Settled: %(amount)s"))
            % {"amount": Money(data["amount"]).format()}
        ),
    )
    for name, label in FIELDS.items():
        field(name, label)


def _sum(data: dict[str, Any]) -> dict[str, str]:
    return {"remedy": queries.remedy_label(data["remedy"]), "amount": Money(data["amount"]).format()}


def _frame() -> None:
    frame.rail(
        "complaints",
        _("Complaints"),
        "complaints:list",
        "message-square-warning",
        policies.SEE,
        order=40,
    )
    frame.palette(
        _("Questions to decide"),
        "complaints:approvals",
        "shenpi pizhun approval",
        icon="stamp",
        permission=policies.WORK,
    )
    frame.palette(
        _("Compensation ledger"),
        "complaints:ledger",
        "peichang taizhang ledger",
        icon="book-text",
        permission=policies.LEDGER,
    )
    frame.palette(
        _("Case library"),
        "complaints:library",
        "anliku anli case library",
        icon="library",
        permission=policies.SEE,
    )
    frame.setting(
        "complaints",
        _("Complaints"),
        "complaints:setup",
        "message-square-warning",
        policies.CONFIGURE,
        order=35,
        help=_(
            "Stages with their clocks, the authority matrix, the policy library, how a decision is explained"
        ),
    )
    frame.topics(lambda actor: ["complaints"] if actor.can(policies.SEE) else [])
