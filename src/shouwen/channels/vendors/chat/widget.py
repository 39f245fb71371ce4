"""The script a site puts on its pages: the window's code with the texts and colours of one chat in it."""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shouwen.channels.models import Account
from shouwen.channels.vendors.chat import rules
from shouwen.platform import preferences

FRESH_SECONDS = 300  # a change of texts is seen by visitors within so long
CODE = Path(__file__).with_name("window.js")
WORDS: dict[str, Any] = {
    "open": _("Chat with us"),
    "open_unread": _("Chat with us, {n} new"),
    "close": _("Close the window"),
    "end": _("End the chat"),
    "log": _("What was said"),
    "write": _("Write a message"),
    "send": _("Send"),
    "attach": _("Attach a file"),
    "sending": _("Sending …"),
    "read": _("read"),
    "failed": _("This was not sent."),
    "uploading": _("{name} is being sent …"),
    "files_only": _("(Files only)"),
    "typing": _("{name} is typing …"),
    "with": _("You are talking with {name}."),
    "they": _("{name} says:"),
    "you": _("You say:"),
    "place": _("You are number {n} in the queue."),
    "about_a_minute": _("Probably about a minute."),
    "minutes": _("Probably about {n} minutes."),
    "unknown_wait": _("We cannot say yet how long it takes."),
    "greeting": _("What can we do for you?"),
    "away": _("Nobody is here right now. Leave your e-mail address, and we answer by mail."),
    "by_mail": _("We answer by mail. You can go on writing here."),
    "address": _("Your e-mail address"),
    "leave_address": _("Send the answer there"),
    "closed": _("We have ended this chat. What you write now is kept with your request and read later."),
    "ended": _("The chat has ended. Write again to begin a new one."),
    "lost": _("The connection is gone. Trying again; nothing you wrote is lost."),
    "name": _("Your name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "matter": _("What is it about?"),
    "optional": _("(may stay empty)"),
    "begin": _("Begin the chat"),
}


def words(language: str) -> dict[str, str]:
    with override(language):
        return {key: str(text) for key, text in WORDS.items()}


def configuration(account: Account) -> dict[str, Any]:
    """What the window needs to know; nothing in it is secret."""
    chosen = account.settings
    asks = {name: chosen.get(f"ask_{name}", "off") for name in rules.ASKED}
    return {
        "base": settings.PUBLIC_URL.rstrip("/"),
        "key": account.address,
        "organisation": str(preferences.get("organisation.name")),
        **{name: chosen.get(name, "") for name in ("title", "greeting", "away", "colour", "side")},
        "ask": {name: how for name, how in asks.items() if how != "off"},
        "words": {language: words(language) for language in rules.LANGUAGES},
    }


@lru_cache(maxsize=1)
def _code() -> str:
    return CODE.read_text("utf-8").rstrip()


@lru_cache(maxsize=64)
def _built(config: str) -> tuple[bytes, bytes, str]:
    """The script, the same packed, and its tag."""
    body = f"{_code()}({config});\n".encode()
    return body, gzip.compress(body, 9, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def built(account: Account) -> tuple[bytes, bytes, str]:
    # "<" never stands in a script: an end tag in a text must not end it where somebody pastes it into a page
    config = json.dumps(configuration(account), ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return _built(config.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def answer(account: Account, request: HttpRequest) -> HttpResponse:
    """The script for any site's page; packed where the browser unpacks, "not modified" where it has it."""
    body, packed, tag = built(account)
    may_pack = "gzip" in request.headers.get("Accept-Encoding", "")
    known = request.headers.get("If-None-Match", "") == tag
    response = HttpResponseNotModified() if known else HttpResponse(packed if may_pack else body)
    response["Content-Type"] = "text/javascript; charset=utf-8"
    if may_pack and not known:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    response["Vary"] = "Accept-Encoding"
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
