from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "shouwen.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from shouwen.people import handlers, panels, registrations  # noqa: F401

        registrations.register()
