"""Signed addresses of the customer's page of a case."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Case
from shouwen.kernel.errors import NotFound

SALT = "shouwen.case"


def token(case_id: int) -> str:
    """Whoever holds it speaks for the case's customer, about this case only."""
    return signing.dumps(case_id, salt=SALT)


def case_id_of(text: str) -> int:
    try:
        return int(signing.loads(text, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(_("This link is not complete; copy it again from our mail.")) from None


def page_of(case_id: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse('cases:customer', args=[token(case_id)])}"


def customer_page(case: Case) -> str:
    return page_of(case.pk)


def person(staff_id: int) -> str:
    """A colleague's page, as an address within the house."""
    return reverse("people:person", args=[staff_id])
