from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "shouwen.demo"
    label = "demo"

    def ready(self) -> None:
        from shouwen.cases.services import signing_in
        from shouwen.demo import platforms, simulation  # noqa: F401
        from shouwen.demo.signins import show_portal_code
        from shouwen.platform import runtime
        from shouwen.platform.preferences import setting

        runtime.register("demo.platforms", platforms.start, platforms.stop)
        signing_in.without_mailbox(show_portal_code)
        setting(
            "demo.simulation",
            False,
            label=_("Live simulation: let new demonstration contacts arrive"),
            help=_("Only where the demonstration company is loaded: about three contacts a minute."),
            group=_("Demonstration"),
        )
