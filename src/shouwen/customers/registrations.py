"""What customers say to the registries below: permissions, frame, search, privacy, sentences, API."""

from django.utils.translation import gettext_lazy as _

from shouwen.customers import queries, services
from shouwen.platform import apikit, frame, privacy, search
from shouwen.platform.access import permissions
from shouwen.platform.access.permissions import FRONT, INSIDE
from shouwen.platform.ledger.describe import sentence

SENTENCES = {
    "customers.registered": _("Customer registered"),
    "customers.changed": _("Customer's details changed"),
    "customers.contact_added": _("Contact added: %(masked)s"),
    "customers.contact_removed": _("Contact removed: %(masked)s"),
    "customers.tier_changed": _("Tier changed from %(was)s to %(tier)s: %(reason)s"),
    "customers.asset_added": _("Asset added: %(asset)s"),
    "customers.asset_changed": _("Asset changed: %(asset)s"),
    "customers.flagged": _("Caution flag set: %(reason)s"),
    "customers.flag_heard": _("The customer was heard about the caution flag: %(reason)s"),
    "customers.flag_reviewed": _("Caution flag kept after review: %(reason)s"),
    "customers.held": _("Data kept from erasure: %(reason)s"),
    "customers.released": _("Data no longer kept from erasure: %(reason)s"),
    "customers.merged": _("Merged with another record"),
    "customers.merge_undone": _("Merge undone"),
    "customers.erased": _("Personal data erased"),
}


def register() -> None:
    _permissions()
    frame.rail("customers", _("Customers"), "customers:list", "contact-round", "customers.see", order=60)
    frame.palette(
        _("Register a customer"),
        "customers:new",
        "new customer",
        icon="user-plus",
        permission="customers.register",
    )
    frame.palette(
        _("Caution flags"), "customers:flags", "warning caution", icon="flag", permission="customers.flag"
    )
    search.register("customer", queries.search_doc)
    privacy.register("customers", export=services.export_share, erase=services.erase_share)
    privacy.register_hold("customers", queries.why_held)
    for name, text in SENTENCES.items():
        sentence(name, text)
    sentence("customers.flag_ended", queries.flag_ended_sentence)
    apikit.add_router("/customers", "shouwen.customers.api.routes")
    apikit.scope("customers:read", _("Read customers"))
    apikit.scope("customers:write", _("Change customers"))


def _permissions() -> None:
    keepers = {"supervisor", "account_manager", "chief"}
    permissions.register("customers.see", label=_("See customers"), roles=INSIDE)
    permissions.register("customers.register", label=_("Register and change customers"), roles=FRONT)
    permissions.register(
        "customers.see_contacts", label=_("See phone numbers and addresses in full"), roles=FRONT
    )
    permissions.register(
        "customers.reveal_contacts", label=_("Reveal one contact, which is written down"), roles=INSIDE
    )
    permissions.register("customers.set_tier", label=_("Grade customers"), roles=keepers)
    permissions.register("customers.flag", label=_("Set caution flags"), roles=FRONT)
    permissions.register("customers.merge", label=_("Merge customers"), roles=keepers)
    permissions.register("customers.export", label=_("Export a customer's data"), roles={"chief"})
    permissions.register("customers.erase", label=_("Erase a customer's data"), roles=set())
    permissions.register("customers.hold", label=_("Keep a customer's data from erasure"), roles={"chief"})
    permissions.register(
        "customers.see_access_log",
        label=_("See who looked at a customer's data"),
        roles={"supervisor", "chief"},
    )
