"""How fields are called that many settings have; a room names its own beside its sentences."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.platform.ledger import history

LANGUAGES = {"zh-hans": _("Chinese"), "en": _("English")}
FIELDS = {
    "name": _("Name"),
    "title": pgettext_lazy("of a text", "Title"),
    "body": _("Text"),
    "text": _("Text"),
    "channel": _("Channel"),
    "active": _("In use"),
    "state": _("State"),
    "words": _("Search words"),
    "owner": _("Owner"),
    "owner_id": _("Owner"),
    "address": _("Its address"),
    "default": _("Default"),
    "settings": _("Settings"),
}


def _language(code: Any) -> Any:
    return LANGUAGES.get(code, code)


def register() -> None:
    for name, label in FIELDS.items():
        history.field(name, label)
    history.field("language", _("Language"), _language)
