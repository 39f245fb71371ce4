"""What an organisation may choose about its channels."""

from django.utils.translation import gettext_lazy as _

from shouwen.platform.preferences import setting

INLET_PROTOCOL = "channels.inlet_protocol"
INLET_HOST = "channels.inlet_host"
INLET_PORT = "channels.inlet_port"


def register() -> None:
    group = _("Mail inlet")
    setting(
        INLET_PROTOCOL,
        "off",
        label=_("Take mail in directly"),
        help=_(
            "A mail server of yours may hand mails over by SMTP or LMTP, for mailboxes that receive by inlet."
        ),
        group=group,
        choices=(("off", _("Off")), ("smtp", "SMTP"), ("lmtp", "LMTP")),
    )
    setting(
        INLET_HOST,
        "127.0.0.1",
        label=_("Listen on"),
        help=_("Keep it on this machine unless a firewall stands in front."),
        group=group,
        pattern=r"[0-9A-Fa-f:.]{2,45}|localhost",
    )
    setting(
        INLET_PORT,
        8025,
        label=_("Port"),
        group=group,
        minimum=1,
        maximum=65535,
    )
