from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "shouwen.complaints"
    label = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        from shouwen.complaints import registrations

        registrations.register()
        from shouwen.complaints import handlers, panels, tasks  # noqa: F401

        post_migrate.connect(_furnish, sender=self)


def _furnish(using: str, **_ignored: Any) -> None:
    """After the tables are made, or emptied by a test: what a fresh installation starts with."""
    from django.db import connections

    from shouwen.complaints import services

    # Going back to before the room's first migration leaves no tables to furnish.
    tables = set(connections[using].introspection.table_names())
    needed = {
        "complaints_stagesetting",
        "complaints_authoritylimit",
        "complaints_explanationtemplate",
        "complaints_libraryentry",
        "complaints_threatsetting",
        "complaints_abusetemplate",
    }
    if needed <= tables:
        services.furnish()
