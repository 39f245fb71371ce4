"""What the list shows: the view, the filters, the page of it, as the address says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.cases import permissions, queries
from shouwen.cases.queries.asking import understood
from shouwen.cases.rules.asking import LONGEST, Asked
from shouwen.cases.web.questions import drawn
from shouwen.cases.web.workbench.drawing import draw, head
from shouwen.cases.web.workbench.words import CHANNELS, PRIORITIES, STATES
from shouwen.customers import queries as customers
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.web import Input

LIMIT: Final = 50
MOST: Final = 200
FILTERS: Final = ("kind", "channel", "tier", "state", "priority", "tag", "q", "owner", "customer")
TIERS: Final = ("A", "B", "C", "D")


def home_view(actor: Actor) -> str:
    """Who answers to customers begins with their own cases; everybody else with all they may see."""
    return "mine" if actor.can(permissions.WORK) else "active"


def asked(request: HttpRequest, actor: Actor) -> tuple[str, queries.Filter, dict[str, str]]:
    """The view, the filter and the address' own words for them."""
    given = Input(request, query=True)
    view = given.choice("view", queries.VIEWS, default=home_view(actor))
    chosen = queries.Filter(
        kind=given.choice("kind", queries.kinds()),
        channel=given.choice("channel", dict(CHANNELS)),
        tier=given.choice("tier", TIERS),
        state=given.choice("state", dict(STATES)),
        priority=given.integer("priority", least=1, most=4),
        owner_id=given.ident("owner"),
        customer_id=given.ident("customer"),
        tag=given.text("tag", limit=40),
        q=given.text("q", limit=LONGEST),
    )
    given.done()
    given_words = {name: request.GET.get(name, "").replace("\x00", "") for name in FILTERS}
    kept = {name: words for name, words in given_words.items() if words.strip()}
    return view, chosen, {"view": view, **kept}


def listing(request: HttpRequest, actor: Actor, at: datetime) -> dict[str, Any]:
    """The context of the list: one statement for its rows."""
    view, chosen, params = asked(request, actor)
    question = understood(chosen.q, at)
    chosen = replace(chosen, asked=question)
    given = Input(request, query=True)
    limit = given.integer("limit", least=1, most=MOST) or LIMIT
    cursor = given.text("cursor", limit=400)
    given.done()
    rows, more = queries.row_page(view, actor, at, chosen=chosen, cursor=cursor or None, limit=limit)
    where = place(params)
    filters = _filters(params)
    return {
        **where,
        "rows": rows,
        "drawn": draw(rows, base=where["case_base"], suffix=where["suffix"]),
        "next": more,
        "filters": filters,
        "list_head": partial(head, params=params, choices=filters["choices"]),
        **_question(question, params),
        "listed": True,
    }


def _question(question: Asked, params: Mapping[str, str]) -> dict[str, Any]:
    """The filters typed, each with the address of the list without it, and what was not understood."""

    def address(text: str) -> str:
        kept = {name: value for name, value in params.items() if name != "q"}
        return f"{reverse('cases:inbox')}?{urlencode({**kept, 'q': text} if text else kept)}"

    found = drawn(question, address)
    if question.words and not found["chips"]:
        found["chips"] = [(f"“{question.words}”", address(""))]
    return found


def place(params: Mapping[str, str]) -> dict[str, Any]:
    """Where in the inbox one is: what the pane of views and the links of the rows need."""
    return {
        "views": tuple(queries.VIEWS.values()),
        "view": queries.VIEWS[params["view"]],
        "params": params,
        "suffix": "?" + urlencode(params),
        "case_base": reverse("cases:case", args=["-"]).replace("-/", ""),
        "list_url": f"{reverse('cases:inbox-list')}?{urlencode(params)}",
        "inbox_url": f"{reverse('cases:inbox')}?{urlencode(params)}",
        "priority_words": dict(PRIORITIES),
        "listed": False,
    }


def of_case(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """The list beside a case: the browser asks for it once the case stands."""
    _view, _chosen, params = asked(request, actor)
    return place(params)


def _filters(params: Mapping[str, str]) -> dict[str, Any]:
    """The filter form's choices, and the chosen ones with the address that removes each."""
    choices = {
        "kind": (
            _("Case kind"),
            [(one.code, queries.kind_label(one.code)) for one in queries.active_kinds()],
        ),
        "channel": (_("Channel"), CHANNELS),
        "tier": (_("Tier"), [(letter, letter) for letter in TIERS]),
        "state": (_("State"), STATES),
        "priority": (_("Priority"), [(str(level), word) for level, word in PRIORITIES]),
    }
    words = {name: dict(options) for name, (_label, options) in choices.items()}
    if "owner" in params:
        words["owner"] = {params["owner"]: people.name_of(int(params["owner"]))}
    if "customer" in params:
        number = int(params["customer"])
        words["customer"] = {params["customer"]: customers.names([number]).get(number, "")}
    base = reverse("cases:inbox")
    chosen = [
        (
            words.get(name, {}).get(value, value),
            f"{base}?{urlencode({key: kept for key, kept in params.items() if key != name})}",
        )
        for name, value in params.items()
        if name not in {"view", "q"}
    ]
    return {
        "choices": choices,
        "chosen": chosen,
        "all_of_view": f"{base}?{urlencode({'view': params['view']})}",
    }
