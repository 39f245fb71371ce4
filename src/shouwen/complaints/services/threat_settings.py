"""What is set up for threats and abuse: guidance, who is told, the words of each step. Each change is a version."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import policies
from shouwen.complaints.models import AbuseTemplate, ThreatSetting
from shouwen.complaints.queries import abuse, threats
from shouwen.complaints.rules import facts
from shouwen.complaints.rules import threats as rules
from shouwen.complaints.services.configuring import changed
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def set_threat(
    *, kind: str, zh: str, en: str, staff_ids: Iterable[int] = (), minutes: int, at: datetime, by: Actor
) -> ThreatSetting:
    """Safety guidance in both languages, who is told by name, and after how many minutes again (0: never)."""
    ensure(policies.may_configure, by)
    row = threats.setting_of(kind)
    rules.check_minutes(minutes)
    wanted = list(dict.fromkeys(staff_ids))
    if threats.active(wanted) != wanted or len(wanted) > rules.MOST_TOLD:
        raise Invalid(_("Choose from the list."), field="staff_ids")
    before = _values(row)
    row.zh, row.en = facts.text(zh, "zh"), facts.text(en, "en")
    row.staff_ids, row.minutes = wanted, minutes
    row.save()
    name = row.get_kind_display()
    changed("threat", row, name, before=before, after=_values(row), by=by, at=at)
    return row


def _values(row: ThreatSetting) -> dict[str, object]:
    return {"zh": row.zh, "en": row.en, "staff_ids": list(row.staff_ids), "minutes": row.minutes}


@transaction.atomic
def save_abuse_template(*, template_id: int, text: str, at: datetime, by: Actor) -> AbuseTemplate:
    """How a step is said."""
    ensure(policies.may_configure, by)
    row = abuse.template(template_id)
    before = {"text": row.text}
    row.text = facts.text(text, "text", most=4000)
    row.save(update_fields=["text"])
    changed("abuse", row, row.get_step_display(), before=before, after={"text": row.text}, by=by, at=at)
    return row
