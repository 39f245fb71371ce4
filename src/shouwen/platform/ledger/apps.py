from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "shouwen.platform.ledger"
    label = "ledger"
    verbose_name = _("Events")

    def ready(self) -> None:
        from shouwen.platform import frame, runtime
        from shouwen.platform.access import permissions
        from shouwen.platform.ledger import dispatch, wording

        wording.register()
        runtime.register("dispatch", dispatch.start, dispatch.stop)
        permissions.register("ledger.audit", label=_("See sign-ins and changes of rights"), roles=())
        permissions.register(
            "ledger.settings", label=_("See who changed which setting"), roles={"supervisor", "chief"}
        )
        frame.setting(
            "audit",
            _("Sign-ins and rights"),
            "ledger:audit",
            "scroll-text",
            "ledger.audit",
            order=86,
            help=_("Who got in, who did not, and who may do what since when"),
        )
        frame.setting(
            "settings-history",
            _("History of the settings"),
            "ledger:settings-history",
            "history",
            "ledger.settings",
            order=87,
            help=_("Who changed what, when, and what it was before"),
        )
        frame.palette(_("My sign-ins"), "ledger:own", "audit security log", icon="scroll-text")
