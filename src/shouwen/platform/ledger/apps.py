from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "shouwen.platform.ledger"
    label = "ledger"
    verbose_name = _("Events")

    def ready(self) -> None:
        from shouwen.platform import runtime
        from shouwen.platform.ledger import dispatch

        runtime.register("dispatch", dispatch.start, dispatch.stop)
