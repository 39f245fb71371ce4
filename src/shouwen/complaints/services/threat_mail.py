"""The mail beside the notice: a threat waits for nobody to open the product."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from shouwen.channels.vendors.email import private
from shouwen.complaints.models import Threat
from shouwen.people import queries as people


def mail_threat(*, threat_id: int, user_id: int, number: int, at: datetime) -> bool:
    """Hand it to the mail server, in the reader's language; without the words, which stand in the register alone."""
    threat = Threat.objects.select_related("case").filter(pk=threat_id).first()
    person = people.active_staff().filter(pk=user_id).select_related("user").first()
    if threat is None or person is None or not person.user.email or (number and not threat.remind_at):
        return False
    there = f"{settings.PUBLIC_URL}{reverse('complaints:threat', args=[threat.pk])}"
    with translation.override(person.user.language):
        values = {"kind": threat.get_kind_display(), "ref": threat.case.reference, "who": threat.who}
        title = _("Threat (%(kind)s) · %(ref)s") % values
        text = _("Threatened: %(who)s. Nobody has acknowledged it yet.") % values
    key = f"threat:{threat.pk}:{number}:{user_id}"
    return private.send(to=person.user.email, title=title, text=f"{text}\n\n{there}", key=key, at=at)
