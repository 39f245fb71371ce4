"""Template and subscription messages: what may still be said when the platform lets no answer through.

They carry fields and no free text, so the customer is told that an answer is there and reads it on their own page.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.channels import forms, subjects
from shouwen.channels.callbacks import REPORT, Entry
from shouwen.channels.models import Account, Message
from shouwen.channels.registry import Field
from shouwen.platform import preferences

GAPS = ("text", "case_ref", "agent_name", "organisation", "time")
_GAP = re.compile(r"\{\{\s*(\w*)\s*\}\}")
_NAME = re.compile(r"[A-Za-z_]{1,20}[0-9]{0,3}\Z")
# By the platform's documentation, by the beginning of a field's name; what is longer is refused by it.
_MOST = {"thing": 20, "character_string": 32, "phrase": 5, "name": 10, "const": 20, "short_thing": 5}
MOST = 200
TEMPLATE, SUBSCRIPTION = "template", "subscription"
FIELDS = (
    Field(
        "notice_way",
        _("Outside the 48 hours, send"),
        "choice",
        choices=(
            ("", _("Nothing")),
            (TEMPLATE, _("A template message")),
            (SUBSCRIPTION, _("A subscription message")),
        ),
        help=_("It tells the customer that an answer is there, and leads to their own page."),
    ),
    Field("notice_template", _("Id of the template"), help=_("From the platform's page of templates.")),
    Field(
        "notice_fields",
        _("Fields of the template"),
        "lines",
        default="thing1 = {{text}}\ncharacter_string2 = {{case_ref}}",
        help=_(
            "One a line: NAME = text. Gaps: {{text}}, {{case_ref}}, {{agent_name}}, {{organisation}}, {{time}}."
        ),
    ),
)


def wrong(settings: Mapping[str, Any], errors: dict[str, Any]) -> None:
    """Adds what cannot be sent to the errors by field; nothing when no such messages are wanted."""
    if not settings.get("notice_way"):
        return
    if not settings.get("notice_template"):
        errors["notice_template"] = str(_("This is needed."))
    text = str(settings.get("notice_fields") or "")
    pairs = forms.pairs_of(text)
    unknown = sorted({gap for gap in _GAP.findall(text) if gap not in GAPS})
    if not pairs or not all(_NAME.match(name) for name in pairs):
        errors["notice_fields"] = str(_("Write one field a line, such as thing1 = {{text}}."))
    elif unknown:
        errors["notice_fields"] = str(_("There is no gap called %(gap)s.")) % {
            "gap": "{{" + unknown[0] + "}}"
        }


def wanted(account: Account | None) -> bool:
    return account is not None and bool(account.settings.get("notice_way"))


def body_of(account: Account, message: Message, to: str, at: datetime) -> dict[str, Any]:
    """The request: fields filled and cut to their length, the address of the customer's page where there is one."""
    values = {
        "text": " ".join(message.text.split()),
        "case_ref": subjects.name(message.subject),
        "agent_name": message.author_name,
        "organisation": str(preferences.get("organisation.name")),
        "time": timezone.localtime(at).strftime("%Y-%m-%d %H:%M"),
    }
    body: dict[str, Any] = {
        "touser": to,
        "template_id": str(account.settings["notice_template"]),
        "data": {
            name: {"value": cut(name, _GAP.sub(lambda gap: values.get(gap[1], ""), text))}
            for name, text in forms.pairs_of(str(account.settings["notice_fields"])).items()
        },
    }
    page = subjects.customers_page(message.subject)
    if page:
        body["page" if account.settings["notice_way"] == SUBSCRIPTION else "url"] = page
    return body


def report(account: Account, fields: Mapping[str, str]) -> Entry:
    """What became of a template message: the platform tells it a moment later."""
    status = fields.get("Status", "")
    reference = f"{account.pk}:{fields.get('MsgID', '')}"
    return Entry(REPORT, reference=reference, delivered=status == "success", detail=status[:200])


def cut(name: str, text: str) -> str:
    """A value no longer than its field takes, with "…" where something was left out."""
    most = _MOST.get(name.rstrip("0123456789"), MOST)
    return text if len(text) <= most else text[: most - 1] + "…"
