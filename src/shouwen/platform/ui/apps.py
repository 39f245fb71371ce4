"""Django application of the look."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "shouwen.platform.ui"
    label = "ui"

    def ready(self) -> None:
        from shouwen.platform import frame

        frame.rail("settings", _("Settings"), "ui:settings", "settings", order=99, when=frame.may_set)
