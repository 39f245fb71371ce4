"""Fetching what customers wrote: the platform only rings, and keeps three days of messages behind a cursor.

Each message is kept by `accept` before the cursor moves on, and is known again by its id: a kill in between reads a
page twice and changes nothing.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog

from shouwen.channels import queries, services
from shouwen.channels.models import Account
from shouwen.channels.services.keys import NoKey
from shouwen.channels.vendors.wechat.client import PlatformError
from shouwen.channels.vendors.wecom_kf import rules
from shouwen.channels.vendors.wecom_kf.client import Kf

log = structlog.get_logger(__name__)
MOST_PAGES = 500  # of one turn; the next one goes on from there
BEFORE_SET_UP = timedelta(minutes=10)  # older words were somebody else's to answer
TROUBLE = (PlatformError, NoKey, httpx.HTTPError, httpx.InvalidURL)


def fetch_all(account: Account, token: str, at: datetime) -> int:
    """Take in everything that is new; how many messages there were. TROUBLE when the platform does not answer."""
    client, cursor, found = Kf(account), cursor_of(account), 0
    try:
        for _page in range(MOST_PAGES):
            given = client.came(cursor, token)
            listed = given.get("msg_list")
            page = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
            found += _keep(client, account, page, at)
            step = str(given.get("next_cursor") or "")
            if step and step != cursor:
                cursor = step
                services.note_cursor(account_id=account.pk, of=client.desk, cursor=cursor)
            elif not given.get("has_more"):
                break
            else:
                raise PlatformError(-1, "has_more without next_cursor")
            if not given.get("has_more"):
                break
    except TROUBLE as trouble:
        services.note_state(account_id=account.pk, state="error", at=at, error=f"fetching: {trouble}")
        raise
    services.note_state(account_id=account.pk, state="waiting", at=at)
    return found


def cursor_of(account: Account) -> str:
    """How far it has been read; from the beginning when it stands for another customer-service account now."""
    position = account.position
    return str(position.get("cursor") or "") if position.get("of") == account.settings["open_kfid"] else ""


def _keep(client: Kf, account: Account, page: list[dict[str, Any]], at: datetime) -> int:
    for message in page:
        _greet(client, account, message, at)
    wanted = [one for one in page if rules.counts(one) and _is_ours(account, one)]
    names = _names(client, wanted)
    kept = 0
    for message in wanted:
        accepted = services.accept(
            account=account,
            key=f"kf:{rules.text(message, 'msgid')}",
            body=json.dumps(
                {"message": message, "name": names.get(rules.who(message), "")}, ensure_ascii=False
            ).encode(),
            sender=address_of(account, message),
            title=rules.words_of(message).text[:60] or rules.text(message, "msgtype"),
            at=at,
        )
        kept += accepted.state == "new"
    return kept


def address_of(account: Account, message: Mapping[str, Any]) -> str:
    """Where an answer goes: the person, at this customer-service account."""
    return f"{rules.who(message)[:200]}@{account.address}"


def _is_ours(account: Account, message: Mapping[str, Any]) -> bool:
    said = rules.said_at(message)
    return said is None or said > account.created_at - BEFORE_SET_UP


def _names(client: Kf, wanted: list[dict[str, Any]]) -> dict[str, str]:
    """A name is worth a question, not a delay: without one the person is told by the end of their id."""
    writers = [rules.who(one) for one in wanted if not rules.event_of(one)]
    try:
        return client.names(writers)
    except TROUBLE as trouble:
        log.info("names of customers not told", account=client.account.pk, why=repr(trouble))
        return {}


def _greet(client: Kf, account: Account, message: Mapping[str, Any], at: datetime) -> None:
    """Possible once, within seconds: what cannot be done then is not tried again."""
    text, code = str(account.settings.get("welcome") or ""), rules.welcome_code(message, at)
    if not (text and code):
        return
    try:
        client.welcome(code, text)
    except TROUBLE as trouble:
        log.info("greeting not sent", account=account.pk, why=repr(trouble))


def desk_of(account: Account, open_kfid: str) -> Account | None:
    """The account whose customer-service account rang: one address is called for all of an enterprise."""
    if open_kfid in ("", account.settings["open_kfid"]):
        return account
    for other in queries.active_accounts(account.vendor):
        same = other.settings["corp_id"] == account.settings["corp_id"]
        if same and other.settings["open_kfid"] == open_kfid:
            return other
    return None
