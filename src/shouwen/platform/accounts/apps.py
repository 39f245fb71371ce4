from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "shouwen.platform.accounts"
    label = "accounts"
    verbose_name = _("Sign-in")

    def ready(self) -> None:
        from shouwen.platform.access import permissions
        from shouwen.platform.accounts import watching, wording  # noqa: F401
        from shouwen.platform.ledger import books, history

        wording.register()
        books.enter(books.AUDIT, *wording.SENTENCES)
        history.field(
            "roles", _("Roles"), lambda codes: [str(permissions.ROLES.get(code, code)) for code in codes]
        )
