from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "shouwen.platform.ledger"
    label = "ledger"

    def ready(self) -> None:
        from shouwen.platform import runtime
        from shouwen.platform.ledger import dispatch

        runtime.register("dispatch", dispatch.start, dispatch.stop)
