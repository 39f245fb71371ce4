"""The telephone's part of the page on which a contact is written down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.channels import subjects
from shouwen.channels.models import Call
from shouwen.channels.sheets import Written
from shouwen.channels.vendors.phone import queries, rules, shown
from shouwen.channels.vendors.phone.services import written_down
from shouwen.platform.access import Actor
from shouwen.platform.web.input import Input


class CallSheet:
    """Hold and transfer only with the caller's permission (CON-4). With `?call=` the page knows the caller."""

    channel = "phone"
    template = "channels/phone/sheet.html"

    def opened(self, asked: Mapping[str, str], actor: Actor) -> dict[str, Any]:
        call = _call(asked.get("call", ""), actor)
        if call is None:
            return {}
        about = call.subject or queries.called_back_about(call)
        return {
            "row": shown.rows([call], actor)[0],
            "who": "" if call.customer_id else call.number,
            "customer": call.customer_id,
            "about": subjects.name(about) if about else "",
        }

    def read(self, form: Input, actor: Actor) -> dict[str, Any]:
        call = _call(form.text("call", limit=20), actor)
        held = (form.integer("held_minutes", least=0, most=60) or 0) * 60
        asked = form.flag("hold_permitted") or bool(call and "hold" in call.permitted)
        passed_on = form.flag("transfer_permitted") or bool(call and "transfer" in call.permitted)
        if (held or (call and call.hold)) and not asked:
            form.fail("hold_permitted", _("Ask the caller before holding, and tick that they agreed."))
            return {}
        if call and call.transferred_to and not passed_on:
            form.fail(
                "transfer_permitted", _("Ask the caller before passing them on, and tick that they agreed.")
            )
            return {}
        typed = form.text("who", limit=100)
        number = call.number if call else typed if sum(c.isdigit() for c in typed) >= 5 else ""
        kept = rules.call_meta(rules.Call(number=number[:40], held_seconds=held, hold_permitted=asked))
        if call is not None:
            kept["call"] |= {"id": call.pk, "agreed": {"hold": asked, "transfer": passed_on}}
        return kept

    def written(self, meta: Mapping[str, Any], contact: Written, *, at: datetime, by: Actor) -> None:
        told = meta.get("call", {})
        if "id" in told:
            written_down(call_id=told["id"], contact=contact, permitted=told["agreed"], at=at, by=by)


def _call(text: str, actor: Actor) -> Call | None:
    """The call the page was opened for; a number that is none opens the page as without one."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return queries.visible_to(actor).filter(pk=int(text)).first()
