"""What was refused, opened by a person all the same: a mail by the mail's own way, anything else by its vendor."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouwen.channels import queries, services
from shouwen.channels.vendors.email import arriving
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor


def open_refused(*, record_id: int, at: datetime, by: Actor) -> tuple[str, int]:
    """What it belongs to now."""
    record = queries.record(record_id)
    if record.account is None or record.account.vendor == "email":
        imported = arriving.open_refused(record_id=record_id, at=at, by=by)
        subject = imported.subject
    else:
        opened = services.open_again(record_id=record_id, at=at, by=by)
        subject = opened.message.subject if opened.message else None
    if subject is None:
        raise Refused(_("This was not opened."))
    return subject
