"""How facts about sign-ins read."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from shouwen.platform.ledger.describe import sentence
from shouwen.platform.series import listed

WAYS = {
    "password": _("password"),
    "totp": _("code of an app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery code"),
}


def _where(text: Any, data: dict[str, Any]) -> str:
    address = data.get("address")
    return say("%(what)s, from %(address)s") % {"what": text, "address": address} if address else str(text)


def _who(text: Any, nobody: Any, data: dict[str, Any]) -> str:
    return _where(text % {"name": data["user_name"]} if data["user_name"] else nobody, data)


def _signed_in(data: dict[str, Any]) -> str:
    ways = listed(WAYS.get(way, way) for way in data["how"])
    return _where(_("Signed in with %(ways)s") % {"ways": ways} if ways else _("Signed in"), data)


def _failed(data: dict[str, Any]) -> str:
    if data.get("second_factor"):
        return _where(_("Wrong second factor for %(name)s") % {"name": data["user_name"]}, data)
    return _who(_("Failed to sign in as %(name)s"), _("Failed to sign in: nobody is called so"), data)


def _locked(data: dict[str, Any]) -> str:
    return _who(_("%(name)s is locked out after too many tries"), _("Locked out after too many tries"), data)


def _factor(text: Any) -> Any:
    def spoken(data: dict[str, Any]) -> str:
        sort = str(WAYS.get(data["sort"], data["sort"]))
        return _where(text % {"sort": f"{sort} “{data['label']}”" if data["label"] else sort}, data)

    return spoken


SENTENCES: dict[str, Any] = {
    "accounts.signed_in": _signed_in,
    "accounts.signed_out": lambda data: _where(_("Signed out"), data),
    "accounts.sign_in_failed": _failed,
    "accounts.locked_out": _locked,
    "accounts.password_changed": lambda data: _where(
        _("Password of %(name)s changed") % {"name": data["user_name"]}, data
    ),
    "accounts.factor_added": _factor(_("Second factor added: %(sort)s")),
    "accounts.factor_removed": _factor(_("Second factor removed: %(sort)s")),
    "accounts.codes_renewed": lambda data: _where(_("New recovery codes made"), data),
}


def register() -> None:
    for name, text in SENTENCES.items():
        sentence(name, text)
