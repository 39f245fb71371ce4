"""The vendor of the service desk."""

from django.utils.translation import gettext_lazy as _

from shouwen.channels.registry import Recorded


class Desk(Recorded):
    code = "desk"
    channel = "desk"
    label = _("Service desk")
    icon = "concierge-bell"
