"""What people say to the registries below: permissions, frame, settings, search, sentences, API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.people import queries
from shouwen.platform import apikit, frame, search
from shouwen.platform.access import permissions
from shouwen.platform.access.permissions import INSIDE
from shouwen.platform.ledger import books, history
from shouwen.platform.ledger.describe import sentence


def _named(text: Any) -> Any:
    """The sentence with whom it is about, where the fact says it."""

    def spoken(data: dict[str, Any]) -> str:
        return f"{data['name']}: {text}" if data.get("name") else str(text)

    return spoken


SENTENCES = {
    "people.hired": _("Joined"),
    "people.changed": _("Profile changed"),
    "people.teams_assigned": _("Teams changed"),
    "people.skills_granted": _("Skills changed"),
    "people.roles_changed": _named(_("Roles changed")),
    "people.left": _named(_("No longer works here")),
    "people.returned": _named(_("Came back")),
    "people.help_asked": _("Asked for help: %(words)s"),
    "people.help_given": _("A colleague stepped in: %(name)s"),
    "people.help_withdrawn": _("The call for help was taken back"),
    "people.team_changed": _("Team changed"),
    "people.department_changed": _("Department changed"),
    "people.provider_changed": _("Provider changed"),
}


def _team(pk: Any) -> Any:
    names = queries.teams(active_only=False).filter(pk=pk).values_list("name", flat=True)
    return names.first() or pk


def _department(pk: Any) -> Any:
    return queries.departments().filter(pk=pk).values_list("name", flat=True).first() or pk


def _teams(pks: Any) -> Any:
    return [_team(pk) for pk in pks]


def _fields() -> None:
    """What the history of settings calls our fields, and how their values read."""
    history.field("team_id", _("Team"), _team)
    history.field("parent", _("Belongs to"), _department)
    history.field("department", _("Department"), _department)
    history.field("presence", _("Presence"), lambda code: dict(queries.presence_choices()).get(code, code))
    history.field("limits", _("Limits"))
    history.field("hard_limit", _("Hard contacts a day that are enough for me"))
    history.field("skills", _("Skills"))
    history.field("teams", _("Teams"), _teams)


def register() -> None:
    _fields()
    _permissions()
    _frame()
    search.register("staff", queries.search_doc)
    for name, text in SENTENCES.items():
        sentence(name, text)
    books.enter(books.SETTINGS, "people.team_changed", "people.department_changed", "people.provider_changed")
    books.enter(books.AUDIT, "people.hired", "people.roles_changed", "people.left", "people.returned")
    sentence("people.presence_changed", queries.presence_sentence)
    sentence(
        "people.leave_noted",
        lambda data: (
            _("On leave from %(first)s to %(last)s") % data if data["first"] else _("Leave taken back")
        ),
    )
    apikit.add_router("/people", "shouwen.people.api.routes")
    apikit.scope("people:read", _("Read people"))
    apikit.scope("people:write", _("Set presence"))


def _permissions() -> None:
    permissions.register("people.see", label=_("See colleagues"), roles=INSIDE)
    permissions.register("people.manage", label=_("Hire people, keep teams and providers"), roles={"chief"})
    permissions.register(
        "people.set_others_presence", label=_("Set a colleague's presence"), roles={"supervisor", "chief"}
    )
    permissions.register("people.grant_skills", label=_("Grant skills"), roles={"supervisor", "chief"})
    permissions.register("people.set_roles", label=_("Decide who has which role"), roles=set())


def _frame() -> None:
    frame.presence(queries.shown_presence)
    frame.topics(lambda actor: ["presence"] if actor.can("people.see") else [])
    frame.setting(
        "people",
        _("People"),
        "people:list",
        "users",
        "people.see",
        order=20,
        help=_("Who works here, in which team, with which skills"),
    )
    frame.setting(
        "teams",
        _("Teams and departments"),
        "people:teams",
        "network",
        "people.see",
        order=21,
        help=_("Who belongs together and who leads"),
    )
    frame.setting(
        "providers",
        _("Providers"),
        "people:providers",
        "handshake",
        "people.see",
        order=22,
        help=_("Organisations whose people work for us"),
    )
    frame.setting(
        "roles",
        _("Roles and permissions"),
        "people:roles",
        "key-round",
        "people.see",
        order=23,
        help=_("Which role may do what"),
    )
    frame.palette(_("My settings"), "people:me", "me profile language zone", icon="user-round-cog")
    frame.palette(
        _("Hire somebody"), "people:hiring", "new staff", icon="user-plus", permission="people.manage"
    )
