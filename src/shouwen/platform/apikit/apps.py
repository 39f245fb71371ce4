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
        from shouwen.platform.ledger import books, history
        from shouwen.platform.ledger.describe import sentence

        sentence("apikit.token_made", _("API token “%(label)s” made, which acts as %(user_name)s"))
        sentence("apikit.token_revoked", _("API token “%(label)s” of %(user_name)s revoked"))
        books.enter(books.AUDIT, "apikit.token_made", "apikit.token_revoked")
        history.field("scopes", _("May"))
        history.field("expires_at", _("Good until"))
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
