"""The vendor of the telephone: calls are reported by a telephone system, what was said is written down by hand."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.registry import Recorded


class Phone(Recorded):
    code = "phone"
    channel = "phone"
    label = _("Phone")
    icon = "phone"
