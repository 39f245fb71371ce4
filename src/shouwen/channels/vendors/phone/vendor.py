"""The vendor of the telephone."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.registry import Recorded


class Phone(Recorded):
    code = "phone"
    channel = "phone"
    label = _("Phone")
    icon = "phone"
