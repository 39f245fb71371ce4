"""The tabs above every page of the room."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(here: str) -> list[tuple[str, str, bool, Any]]:
    """(label, address, active, no count) of the room's pages."""
    labels = {
        "articles": _("Articles"),
        "wordings": _("Official wordings"),
        "templates": _("Templates"),
        "phrases": _("Reply check"),
    }
    return [(label, reverse(f"knowledge:{code}"), code == here, None) for code, label in labels.items()]
