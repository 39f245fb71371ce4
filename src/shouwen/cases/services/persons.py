"""Colleagues named in a form: an unknown one is an input error of that field, not a missing page."""

from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Invalid, NotFound
from shouwen.people import queries as people
from shouwen.people.models import Staff


def known_staff(staff_id: int, field: str) -> Staff:
    try:
        return people.staff(staff_id)
    except NotFound:
        raise Invalid(_("There is no such colleague."), field=field) from None
