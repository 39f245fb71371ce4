from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApikitConfig(AppConfig):
    name = "shouwen.platform.apikit"
    label = "apikit"
    verbose_name = _("API")

    def ready(self) -> None:
        from shouwen.platform import frame
        from shouwen.platform.access import permissions
        from shouwen.platform.accounts import services as accounts
        from shouwen.platform.apikit import kit

        permissions.register("apikit.manage", label=_("Make and revoke API tokens"), roles=())
        accounts.changed_with(kit.forget_tokens)
        frame.setting(
            "tokens",
            _("API tokens"),
            "apikit:tokens",
            "key-round",
            "apikit.manage",
            order=85,
            help=_("Which programs may act for whom"),
        )
