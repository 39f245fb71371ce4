"""What may be done with cases, and by which roles."""

from django.utils.translation import gettext_lazy as _

from shouwen.platform.access import permissions

SEE = "cases.see"
SEE_ALL = "cases.see_all"
SEE_RESTRICTED = "cases.see_restricted"
WORK = "cases.work"
TASKS = "cases.tasks"
SUPERVISE = "cases.supervise"
CONFIGURE = "cases.configure"
RULE = "cases.rule"

_FRONT = {"agent", "desk", "supervisor", "account_manager", "chief"}


def register() -> None:
    # A provider works on tasks and never opens a case: the customer's words stay in the house.
    inside = {*_FRONT, "reviewer", "back_office"}
    permissions.register(SEE, label=_("Open the inbox"), roles=inside)
    permissions.register(
        SEE_ALL, label=_("See all cases that are not restricted"), roles={*_FRONT, "reviewer"}
    )
    permissions.register(SEE_RESTRICTED, label=_("See restricted cases"), roles={"supervisor", "chief"})
    permissions.register(WORK, label=_("Take, answer and resolve cases"), roles=_FRONT)
    permissions.register(
        TASKS, label=_("Work on tasks of one's department"), roles={*_FRONT, "back_office", "provider"}
    )
    permissions.register(
        SUPERVISE, label=_("Settle escalations, see the team's page"), roles={"supervisor", "chief"}
    )
    permissions.register(RULE, label=_("Rule on disputes between departments"), roles={"chief"})
    permissions.register(CONFIGURE, label=_("Set kinds of cases and intake rules"), roles={"supervisor"})
