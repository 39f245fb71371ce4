from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "shouwen.incidents"
    label = "incidents"
    verbose_name = _("Incidents")

    def ready(self) -> None:
        from shouwen.incidents import handlers, panels, registrations, tasks  # noqa: F401

        registrations.register()
