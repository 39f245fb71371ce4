"""What a rule or a macro may do to a case, each through the service a person uses, with the rights of who acts."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.queries import labels
from shouwen.cases.queries.automation.conditions import PRIORITIES, kind_choices, team_choices
from shouwen.cases.rules.priority import MATRIX, priority
from shouwen.cases.services import bulk, changing, escalating, offering, personal, replying, tasks
from shouwen.cases.services.automation.speaking import send_template, tell_people, template_choices
from shouwen.people import queries as people
from shouwen.platform.automation import Action, Change, Deed, Param, register_action
from shouwen.platform.series import listed
from shouwen.platform.web.environment import local_time

Given = Mapping[str, Any]
RULE, MACRO = frozenset({"rule"}), frozenset({"macro"})


def _case(deed: Deed) -> Case:
    return queries.locked(deed.case_id, deed.by)


def _changed(label: Any, was: Any, now: Any) -> list[Change]:
    """Nothing where nothing differs: the service wrote nothing either."""
    return [Change(str(label), str(was), str(now))] if str(was) != str(now) else []


def set_kind(deed: Deed, given: Given) -> list[Change]:
    was = _case(deed).kind
    changing.set_kind(case_id=deed.case_id, kind=given["kind"], at=deed.at, by=deed.by)
    return _changed(_("Kind"), queries.kind_label(was), queries.kind_label(given["kind"]))


def set_priority(deed: Deed, given: Given) -> list[Change]:
    """The priority itself; of impact and urgency that give it for this customer's tier the plainest."""
    case, wanted = _case(deed), int(given["priority"])
    fitting = [pair for pair in MATRIX if priority(*pair, case.tier) == wanted]
    if case.priority == wanted:
        return []
    impact, urgency = max(fitting, default=bulk.WEIGHTS[wanted])
    after = changing.set_priority(
        case_id=case.pk, impact=impact, urgency=urgency, at=deed.at, by=deed.by
    ).priority
    words = dict(PRIORITIES)
    return _changed(_("Priority"), words[case.priority], words[after])


def _team_name(pk: int | None) -> str:
    return next((name for team, name in team_choices() if team == pk), "–")


def set_team(deed: Deed, given: Given) -> list[Change]:
    was = _case(deed).team_id
    changing.set_team(case_id=deed.case_id, team_id=given["team"], at=deed.at, by=deed.by)
    return _changed(_("Team"), _team_name(was), _team_name(given["team"]))


def add_tags(deed: Deed, given: Given) -> list[Change]:
    was = _case(deed).tags
    after = changing.set_tags(case_id=deed.case_id, tags=[*was, *given["tags"]], at=deed.at, by=deed.by).tags
    return _changed(_("Tags"), listed(was) or "–", listed(after) or "–")


def remove_tags(deed: Deed, given: Given) -> list[Change]:
    was = _case(deed).tags
    left = [tag for tag in was if tag not in given["tags"]]
    changing.set_tags(case_id=deed.case_id, tags=left, at=deed.at, by=deed.by)
    return _changed(_("Tags"), listed(was) or "–", listed(left) or "–")


def set_field(deed: Deed, given: Given) -> list[Change]:
    code, value = given["code"], given["value"]
    was = _case(deed).fields.get(code, "–")
    after = changing.set_details(case_id=deed.case_id, fields={code: value}, at=deed.at, by=deed.by)
    return _changed(code, was, after.fields.get(code, "–"))


def add_note(deed: Deed, given: Given) -> list[Change]:
    text = _filled(deed, given["text"])
    replying.note(case_id=deed.case_id, text=text, at=deed.at, by=deed.by)
    return [Change(_("Note"), "", text)]


def _filled(deed: Deed, text: str) -> str:
    return queries.filled(_case(deed), text, deed.by, deed.at)


def add_task(deed: Deed, given: Given) -> list[Change]:
    name, pk = queries.addressee(given["whom"])
    made = tasks.ask_task(
        case_id=deed.case_id,
        title=given["title"],
        ask=_filled(deed, given["ask"]),
        minutes=given["minutes"],
        **{name: pk},  # type: ignore[arg-type]  # one of department_id, provider_id, assignee_id
        at=deed.at,
        by=deed.by,
    )
    return [Change(_("Task"), "", f"{made.title} ({local_time(made.due_at, 'short')})")]


def escalate(deed: Deed, given: Given) -> list[Change]:
    was = _case(deed).escalation_level
    made = escalating.escalate(
        case_id=deed.case_id,
        reason=given["reason"],
        trigger="rule" if deed.by.run_id else "by_hand",
        at=deed.at,
        by=deed.by,
    )
    return _changed(_("Escalation level"), was, made.level)


def offer(deed: Deed, given: Given) -> list[Change]:
    """To the free people of a team; that team looks after it from now on."""
    changed = set_team(deed, given) if given.get("team") else []
    names = people.names(offering.offer(case_id=deed.case_id, at=deed.at, by=deed.by))
    return [*changed, Change(_("Now offered to"), "", listed(names.values()) or _("nobody is free"))]


def snooze(deed: Deed, given: Given) -> list[Change]:
    until = deed.at + timedelta(minutes=given["minutes"])
    kept = personal.snooze(case_id=deed.case_id, until=until, at=deed.at, by=deed.by)
    return [Change(_("Put aside until"), "", local_time(kept.snoozed_until or until, "short"))]


def watch(deed: Deed, given: Given) -> list[Change]:
    personal.watch(case_id=deed.case_id, staff_id=given["staff"], at=deed.at, by=deed.by)
    return [Change(_("Watched by"), "", people.name_of(given["staff"]))]


def watch_it(deed: Deed, given: Given) -> list[Change]:
    personal.watch(case_id=deed.case_id, at=deed.at, by=deed.by)
    return [Change(_("Watched by"), "", deed.by.name)]


def _levels() -> list[tuple[int, Any]]:
    return PRIORITIES


_tags = (Param("tags", gettext_lazy("Tags"), "words"),)
_minutes = Param("minutes", gettext_lazy("Minutes"), "minutes", most=129_600)
GAPS = gettext_lazy("Gaps such as {{customer_name}}, {{case_ref}} and {{promise}} are filled in")
_text = Param("text", gettext_lazy("Text"), "text", most=4000, help=GAPS)
ACTIONS = (
    Action(
        "set_kind",
        gettext_lazy("Set the kind"),
        "shapes",
        (Param("kind", gettext_lazy("Kind"), "choice", kind_choices),),
        set_kind,
    ),
    Action(
        "set_priority",
        gettext_lazy("Set the priority"),
        "signal",
        (Param("priority", gettext_lazy("Priority"), "choice", _levels),),
        set_priority,
    ),
    Action(
        "set_team",
        gettext_lazy("Give it to a team"),
        "users-round",
        (Param("team", gettext_lazy("Team"), "choice", team_choices),),
        set_team,
    ),
    Action("add_tags", gettext_lazy("Add tags"), "tag", _tags, add_tags),
    Action("remove_tags", gettext_lazy("Take tags away"), "tag", _tags, remove_tags),
    Action(
        "set_field",
        gettext_lazy("Fill in an own field"),
        "text-cursor-input",
        (
            Param("code", gettext_lazy("Code of the field"), "line", most=30),
            Param("value", gettext_lazy("Value"), "line", most=1000),
        ),
        set_field,
    ),
    Action("note", gettext_lazy("Write a note"), "sticky-note", (_text,), add_note),
    Action(
        "task",
        gettext_lazy("Ask the back stage for help"),
        "list-checks",
        (
            Param("title", gettext_lazy("What for"), "line", most=200),
            Param("whom", gettext_lazy("Whom"), "choice", queries.addressee_choices),
            Param("ask", gettext_lazy("What exactly"), "text", most=4000),
            Param("minutes", gettext_lazy("Working minutes they have"), "minutes", most=129_600),
        ),
        add_task,
    ),
    Action(
        "escalate",
        gettext_lazy("Escalate"),
        "arrow-up-right",
        (Param("reason", gettext_lazy("Reason"), "line", most=400),),
        escalate,
    ),
    Action(
        "offer",
        gettext_lazy("Offer it to free people"),
        "hand",
        (
            Param(
                "team",
                gettext_lazy("Of the team"),
                "choice",
                team_choices,
                required=False,
                help=gettext_lazy("Its own team when none is chosen"),
            ),
            Param("now", gettext_lazy("Offer it now"), "flag"),
        ),
        offer,
        RULE,
    ),
    Action(
        "notify",
        gettext_lazy("Tell people"),
        "bell",
        (
            Param("whom", gettext_lazy("Whom"), "choice", lambda: labels.TOLD),
            Param("text", gettext_lazy("Text"), "line", most=300),
            Param(
                "mail",
                gettext_lazy("By mail too (in service hours; urgent cases at once)"),
                "flag",
                required=False,
            ),
        ),
        tell_people,
        RULE,
    ),
    Action(
        "template",
        gettext_lazy("Send a template to the customer"),
        "send",
        (Param("template", gettext_lazy("Template"), "choice", template_choices),),
        send_template,
        RULE,
    ),
    Action("snooze", gettext_lazy("Put it aside"), "moon", (_minutes,), snooze),
    Action(
        "watch",
        gettext_lazy("Have somebody watch it"),
        "eye",
        (Param("staff", gettext_lazy("Who"), "choice", queries.colleague_choices),),
        watch,
        RULE,
    ),
    Action(
        "watch_it",
        gettext_lazy("Watch it myself"),
        "eye",
        (Param("now", gettext_lazy("Watch it"), "flag"),),
        watch_it,
        MACRO,
    ),
)


def register() -> None:
    for action in ACTIONS:
        register_action(action)
