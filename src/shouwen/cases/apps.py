from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "shouwen.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from shouwen.cases import handlers, panels, registrations, tasks  # noqa: F401

        registrations.register()
