"""A message of ours as a signed request to the address the account names.

The receiver knows a message by its id and takes it once, so an attempt whose answer was lost may be repeated.
"""

import base64
import json
from datetime import datetime
from typing import Any

import httpx

from shouwen.channels import queries, rules, signing, subjects
from shouwen.channels.models import Account, Message
from shouwen.channels.registry import Outcome
from shouwen.platform.files import queries as files
from shouwen.platform.secrets import unseal

TIMEOUT = httpx.Timeout(20.0, connect=10.0)
MOST_FILE_BYTES = 15 * 1024 * 1024
AGAIN = frozenset({408, 425, 429})  # of the 4xx, what a later try may mend


def deliver(message: Message, account: Account, at: datetime) -> Outcome:
    attached = queries.attachments_of(message)
    if sum(one.file.size for one in attached) > MOST_FILE_BYTES:
        return Outcome(rules.PERMANENT, "files_too_big")
    body = {
        "type": "message",
        "id": message.external_id,
        "to": message.address,
        "text": message.text,
        "title": message.title,
        "author": message.author_name,
        "automatic": message.automatic,
        "subject": {"name": subjects.name(message.subject), "kind": message.subject_kind},
        "sent_at": message.at.isoformat(),
        "attachments": [
            {
                "name": one.file.name,
                "content_type": one.file.content_type,
                "content": base64.b64encode(files.content(one.file_id)).decode(),
            }
            for one in attached
        ],
    }
    return outcome_of(post(account, body, at))


def post(account: Account, body: dict[str, Any], at: datetime) -> httpx.Response | httpx.HTTPError:
    """The signed request; the answer, or why there is none."""
    content = json.dumps(body, ensure_ascii=False).encode()
    key, stamp = unseal(account.secrets["secret"]), str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": str(body["id"]),
        signing.TIMESTAMP: stamp,
        signing.SIGNATURE: f"sha256={signing.sign(key, stamp, content)}",
    }
    try:
        return httpx.post(account.settings["deliver_url"], content=content, headers=headers, timeout=TIMEOUT)
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        return trouble if isinstance(trouble, httpx.HTTPError) else httpx.UnsupportedProtocol(str(trouble))


def outcome_of(answer: httpx.Response | httpx.HTTPError) -> Outcome:
    """What an answer means for the queue: 2xx taken, 4xx never, everything else later."""
    if isinstance(answer, httpx.HTTPError):
        return Outcome(rules.TEMPORARY, f"temporary: {type(answer).__name__}")
    if answer.is_success:
        return Outcome(rules.ACCEPTED)
    said = f"{answer.status_code} {answer.text[:200]}".strip()
    if answer.is_client_error and answer.status_code not in AGAIN:
        return Outcome(rules.PERMANENT, f"permanent: {said}")
    return Outcome(rules.TEMPORARY, f"temporary: {said}")
