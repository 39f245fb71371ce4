"""Ways to reach a customer: add, show in full, prefer, remove."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.customers import queries, rules, services
from shouwen.customers.web.one import rights, whole
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, render, render_part
from shouwen.platform.web.pages import form_page, wants_part


def _context(request: HttpRequest, customer_id: int) -> dict[str, object]:
    return whole(request, queries.get(customer_id, actor_of(request)), now())


@require_POST
@needs("customers.register")
@form_page("customers/customer.html", _context)
def new(request: HttpRequest, customer_id: int) -> HttpResponse:
    form = Input(request)
    kind = form.choice("kind", rules.CONTACT_KINDS, required=True)
    value, label = form.text("value", limit=254, required=True), form.text("label", limit=40)
    form.done()
    services.add_contact(
        customer_id=customer_id, kind=kind, value=value, label=label, at=now(), by=actor_of(request)
    )
    return done(request, reverse("customers:customer", args=[customer_id]), _("Added."))


@require_POST
@needs("customers.see")
def reveal(request: HttpRequest, customer_id: int, contact_id: int) -> HttpResponse:
    actor, at = actor_of(request), now()
    found = queries.get(customer_id, actor)
    point = services.reveal(customer_id=found.pk, contact_id=contact_id, at=at, by=actor)
    if wants_part(request):
        context = {
            "customer": found,
            "point": point,
            "contacts": queries.contacts_of(found.pk),
            "revealed": point.pk,
            "may": rights(request, found),
        }
        return render_part(request, "customers/contact.html", "contact", context)
    return render(request, "customers/customer.html", whole(request, found, at, revealed=point.pk))


@require_POST
@needs("customers.register")
def primary(request: HttpRequest, customer_id: int, contact_id: int) -> HttpResponse:
    services.make_primary(customer_id=customer_id, contact_id=contact_id, at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[customer_id]), _("Saved."))


@require_POST
@needs("customers.register")
def removal(request: HttpRequest, customer_id: int, contact_id: int) -> HttpResponse:
    services.remove_contact(customer_id=customer_id, contact_id=contact_id, at=now(), by=actor_of(request))
    return done(request, reverse("customers:customer", args=[customer_id]), _("Removed."))
