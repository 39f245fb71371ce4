from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PromisesConfig(AppConfig):
    name = "shouwen.promises"
    label = "promises"
    verbose_name = _("Promises")

    def ready(self) -> None:
        from shouwen.promises import registrations

        registrations.register()
        from shouwen.promises import handlers, panels, tasks  # noqa: F401

        post_migrate.connect(_furnish, sender=self)


def _furnish(using: str, **_ignored: Any) -> None:
    """After the tables are made, or emptied by a test: what a fresh installation starts with."""
    from django.db import connections

    from shouwen.platform.access import now
    from shouwen.promises import services
    from shouwen.promises.queries import policy

    policy.forget()
    # Going back to before the room's first migration leaves no tables to furnish.
    tables = set(connections[using].introspection.table_names())
    if {"promises_calendar", "promises_servicestandard", "promises_edition"} <= tables:
        services.furnish(at=now())
    if "promises_statutorytemplate" in tables:
        services.furnish_statutory()
