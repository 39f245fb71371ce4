"""What a visitor's window asks of us: plain forms in, JSON out, open to the sites of the account and nobody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shouwen.channels.vendors.chat import limits, queries, rules, services, widget
from shouwen.channels.vendors.chat.crossing import from_sites, only_file
from shouwen.platform.access import ANONYMOUS, now, public
from shouwen.platform.web import Input, render

LONG = 20_000


@from_sites
def sessions(request: HttpRequest, account: Any, origin: str) -> HttpResponse:
    """The window is opened: a chat of its own, and the token for it."""
    at, form = now(), Input(request)
    limits.pass_or_refuse("session", f"{account.pk}:{request.META.get('REMOTE_ADDR', '')}", at)
    visitor = rules.visitor({name: form.text(name, limit=LONG) for name in rules.ASKED}, account.settings)
    page, language = form.text("page", limit=LONG), form.text("language")
    form.done()
    chat = services.open_chat(
        account=account, origin=origin, visitor=visitor, language=language, page=page, at=at, by=ANONYMOUS
    )
    said = {"token": queries.token(chat), "standing": queries.standing(chat, at).shown()}
    return JsonResponse(said, status=201)


def _chat(request: HttpRequest, account: Any, origin: str, sort: str) -> Any:
    """The chat of the token in the form, within its limits."""
    chat = queries.of_token(request.POST.get("token", ""), account, origin)
    limits.pass_or_refuse(sort, str(chat.pk), now())
    return chat


@from_sites
def messages(request: HttpRequest, account: Any, origin: str) -> HttpResponse:
    """One message, once: the same client id again gets the first answer again."""
    chat, form = _chat(request, account, origin, "say"), Input(request)
    said = services.say(
        chat_id=chat.pk,
        client_id=form.text("client_id", limit=LONG),
        text=form.text("text", limit=LONG),
        file_ids=[queries.file_of(chat, token) for token in form.many("file", most=50)],
        at=now(),
    )
    standing = queries.standing(said.chat, now(), staffed=said.staffed)
    body = {"id": said.line_id, "standing": standing.shown()}
    return JsonResponse(body, status=200 if said.again else 201)


@from_sites
def files(request: HttpRequest, account: Any, origin: str) -> HttpResponse:
    """A file for the next message; what comes back names it for this chat alone."""
    chat = _chat(request, account, origin, "file")
    sent = only_file(request)
    file_id = services.keep_file(name=sent.name or "", content=sent, at=now())
    return JsonResponse({"file": queries.file_token(chat, file_id)}, status=201)


@from_sites
def marks(request: HttpRequest, account: Any, origin: str) -> HttpResponse:
    """Read as far as this; typing; or only: is this chat still mine?"""
    chat, form = _chat(request, account, origin, "mark"), Input(request)
    read, typing = form.ident("read"), form.flag("typing")
    form.done()
    if read:
        services.mark_read(chat_id=chat.pk, by_visitor=read)
    if typing:
        services.tell_desk(chat, typing=True)
    return JsonResponse({"standing": queries.standing(queries.chat(chat.pk), now()).shown()})


@from_sites
def address(request: HttpRequest, account: Any, origin: str) -> HttpResponse:
    """Where answers go when nobody is in the chat."""
    chat = _chat(request, account, origin, "address")
    email = Input(request).text("email", limit=LONG)
    chat = services.give_address(chat_id=chat.pk, email=email, at=now())
    return JsonResponse({"standing": queries.standing(chat, now()).shown()})


@from_sites
def ending(request: HttpRequest, account: Any, origin: str) -> HttpResponse:
    chat = _chat(request, account, origin, "mark")
    chat = services.end(chat_id=chat.pk, at=now())
    return JsonResponse({"standing": queries.standing(chat, now()).shown()})


@require_safe
@public
def script(request: HttpRequest, key: str) -> HttpResponse:
    """The one script a site puts on its pages, with the texts and colours of this chat in it."""
    return widget.answer(queries.account(key), request)


@never_cache
@require_safe
@public
def hosted(request: HttpRequest, key: str) -> HttpResponse:
    """The chat on a page of ours, for whoever has no site or sends a link."""
    account = queries.account(key)
    return render(request, "channels/chat/hosted.html", {"account": account, "language": get_language()})
