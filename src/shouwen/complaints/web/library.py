"""The case library: its list, one entry with its questions, writing and publishing, what colleagues answered."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shouwen.complaints import policies, queries, services
from shouwen.complaints.queries import choices, library
from shouwen.complaints.rules.library import LANGUAGES, LONGEST_PART, LONGEST_TITLE, PARTS
from shouwen.platform.access import actor_of, needs, now
from shouwen.platform.web import Input, done, paginate, render
from shouwen.platform.web.pages import form_page

EDIT, ENTRY = "complaints/library_edit.html", "complaints/library_entry.html"
NAMES = {"zh": "中文", "en": "English"}


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _with(wanted: Any, cursor: str | None) -> str | None:
    return f"?{urlencode([*wanted.items(), ('cursor', cursor)])}" if cursor else None


@require_safe
@needs(policies.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Input(request, query=True)
    chosen = library.EntryFilter(
        q=form.text("q", limit=100),
        state=form.choice("state", [code for code, _label in choices.ENTRY_STATES]),
        cause=form.choice("cause", [code for code, _label in choices.CAUSES]),
        liability=form.choice("liability", [code for code, _label in choices.LIABILITY]),
    )
    form.done()
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    found = paginate(library.listed(actor, chosen), order=library.ORDER, cursor=cursor, limit=30)
    context = {
        "rows": [(one, library.told(one, _language())) for one in found.items],
        "chosen": chosen,
        "states": choices.ENTRY_STATES,
        "causes": choices.CAUSES,
        "liabilities": choices.LIABILITY,
        "triggers": dict(choices.TRIGGERS),
        "may_write": actor.can(policies.LIBRARY),
        "previous_url": _with(wanted, found.previous_cursor),
        "next_url": _with(wanted, found.next_cursor),
        "tab": "library",
    }
    return render(request, "complaints/library.html", context)


def _fields() -> dict[str, str]:
    """How the fields of an entry are called where they are not on the page."""
    parts = {"title": _("Heading"), **queries.LIBRARY_PARTS}
    return {
        f"{code}_{name}": f"{word} · {label}" for code, word in NAMES.items() for name, label in parts.items()
    }


def _entry(request: HttpRequest, entry_id: int, number: int = 0) -> dict[str, Any]:
    actor = actor_of(request)
    entry = library.get(entry_id, actor)
    asked = request.GET.get("in", "")
    return {
        "entry": entry,
        "told": library.told(entry, asked if asked in LANGUAGES else _language()),
        "names": NAMES,
        "parts": queries.LIBRARY_PARTS,
        "fields": _fields(),
        "triggers": dict(choices.TRIGGERS),
        "answers": library.answers_of(entry, actor),
        "wrong": number,
        "may_write": actor.can(policies.LIBRARY),
        "may_answer": policies.may_answer(actor, entry),
        "may_read_answers": actor.can(policies.ANSWERS),
    }


@require_safe
@needs(policies.SEE)
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    return render(request, ENTRY, _entry(request, entry_id))


@require_POST
@needs(policies.SEE)
@form_page(ENTRY, _entry, refused=True)
def answer(request: HttpRequest, entry_id: int, number: int) -> HttpResponse:
    form = Input(request)
    text = form.text("text", limit=4000, required=True)
    form.done()
    services.answer_question(entry_id=entry_id, number=number, text=text, at=now(), by=actor_of(request))
    to = f"{reverse('complaints:library-entry', args=[entry_id])}#question-{number}"
    return done(request, to, _("Kept. Only you and supervisors can read it."))


@require_safe
@needs(policies.ANSWERS)
def answers(request: HttpRequest, entry_id: int) -> HttpResponse:
    """What everybody wrote, for supervisors."""
    entry = library.get(entry_id, actor_of(request))
    wanted = request.GET.copy()
    cursor = wanted.pop("cursor", [None])[-1]
    found = paginate(library.all_answers(entry), order=library.ORDER, cursor=cursor, limit=50)
    context = {
        "entry": entry,
        "title": library.told(entry, _language())["title"],
        "rows": found.items,
        "names": queries.names_of(one.staff_id for one in found.items),
        "previous_url": _with(wanted, found.previous_cursor),
        "next_url": _with(wanted, found.next_cursor),
    }
    return render(request, "complaints/library_answers.html", context)


def _editing(request: HttpRequest, entry_id: int | None = None) -> dict[str, Any]:
    entry = library.get(entry_id, actor_of(request)) if entry_id is not None else None
    return {
        "entry": entry,
        "texts": library.texts_of(entry) if entry else {language: {} for language in LANGUAGES},
        "languages": NAMES,
        "parts": queries.LIBRARY_PARTS,
        "causes": choices.CAUSES,
        "liabilities": choices.LIABILITY,
        "triggers": choices.TRIGGERS,
        "chosen": list(entry.triggers) if entry else [],
    }


def _typed(request: HttpRequest) -> dict[str, Any]:
    form = Input(request)
    texts = {
        language: {
            name: form.text(f"{language}_{name}", limit=LONGEST_TITLE if name == "title" else LONGEST_PART)
            for name in ("title", *PARTS)
        }
        for language in LANGUAGES
    }
    tags = {
        "cause": form.choice("cause", [code for code, _label in choices.CAUSES]),
        "liability": form.choice("liability", [code for code, _label in choices.LIABILITY]),
        "triggers": form.many("triggers"),
    }
    form.done()
    return {"texts": texts, **tags}


@require_http_methods(["GET", "POST"])
@needs(policies.LIBRARY)
@form_page(EDIT, _editing)
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, EDIT, _editing(request))
    made = services.save_entry(**_typed(request), at=now(), by=actor_of(request))
    return done(request, reverse("complaints:library-entry", args=[made.pk]), _("Saved."))


@require_http_methods(["GET", "POST"])
@needs(policies.LIBRARY)
@form_page(EDIT, _editing)
def edit(request: HttpRequest, entry_id: int) -> HttpResponse:
    if request.method == "GET":
        return render(request, EDIT, _editing(request, entry_id))
    services.save_entry(entry_id=entry_id, **_typed(request), at=now(), by=actor_of(request))
    return done(request, reverse("complaints:library-entry", args=[entry_id]), _("Saved."))


@require_POST
@needs(policies.LIBRARY)
@form_page(ENTRY, _entry)
def publication(request: HttpRequest, entry_id: int) -> HttpResponse:
    looked_over = Input(request).flag("looked_over")
    services.publish_entry(entry_id=entry_id, looked_over=looked_over, at=now(), by=actor_of(request))
    return done(request, reverse("complaints:library-entry", args=[entry_id]), _("Published."))


@require_POST
@needs(policies.LIBRARY)
def withdrawal(request: HttpRequest, entry_id: int) -> HttpResponse:
    services.take_back_entry(entry_id=entry_id, at=now(), by=actor_of(request))
    to = reverse("complaints:library-entry", args=[entry_id])
    return done(request, to, _("Taken back: it is a draft again."))


@require_POST
@needs(policies.LIBRARY)
def from_complaint(request: HttpRequest, ref: str) -> HttpResponse:
    """A masked draft of a closed complaint; what comes next is reading it over."""
    actor = actor_of(request)
    made = services.make_entry(complaint_id=queries.get(ref, actor).pk, at=now(), by=actor)
    said = _("A draft was made, with names, numbers and addresses taken out. Read it over.")
    return done(request, reverse("complaints:library-edit", args=[made.pk]), said)
