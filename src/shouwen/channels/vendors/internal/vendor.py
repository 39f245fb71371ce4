"""The vendor of internal requests."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.registry import Recorded


class Internal(Recorded):
    code = "internal"
    channel = "internal"
    label = _("Internal request")
    icon = "building-2"
