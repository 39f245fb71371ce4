"""/api/v1/case-library: closed complaints told to learn from: read, written, published, answered."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from shouwen.complaints import policies, services
from shouwen.complaints.api.acting import WRITE
from shouwen.complaints.api.schemas import Ident
from shouwen.complaints.queries import library
from shouwen.platform.access import now, require
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope, page_out
from shouwen.platform.web import paginate

router = Router(tags=["complaints"])


class LibraryWanted(Strict):
    q: Annotated[str, Field(max_length=100)] = ""
    state: str = ""
    cause: str = ""
    liability: str = ""
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class LibraryPageWanted(Strict):
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class LibraryTextIn(Strict):
    """`questions`: one a line."""

    title: str = ""
    background: str = ""
    course: str = ""
    mistakes: str = ""
    right_way: str = ""
    lesson: str = ""
    questions: str = ""


class LibraryEntryIn(Strict):
    """`zh` and `en`: one of the languages is enough. Refusals name fields as zh_title, en_lesson."""

    zh: LibraryTextIn = LibraryTextIn()
    en: LibraryTextIn = LibraryTextIn()
    cause: str = ""
    liability: str = ""
    triggers: list[str] = []


class PublicationIn(Strict):
    """`looked_over`: somebody read it, and no name, number or address is left."""

    looked_over: bool


class LibraryAnswerIn(Strict):
    text: str


class LibraryTextOut(Out):
    title: str
    background: str
    course: str
    mistakes: str
    right_way: str
    lesson: str
    questions: str


class LibraryEntryOut(Out):
    """`zh` and `en`: the same case in both languages; empty where it was not written."""

    id: int
    state: str
    cause: str
    liability: str
    triggers: list[str]
    zh: LibraryTextOut
    en: LibraryTextOut


class LibraryEntriesOut(Out):
    items: list[LibraryEntryOut]
    next_cursor: str | None
    previous_cursor: str | None


class LibraryAnswerOut(Out):
    id: int
    number: int
    staff_id: int
    question: str
    text: str
    answered_at: datetime


class LibraryAnswersOut(Out):
    items: list[LibraryAnswerOut]
    next_cursor: str | None
    previous_cursor: str | None


def _out(entry: Any) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "state": entry.state,
        "cause": entry.cause,
        "liability": entry.liability,
        "triggers": entry.triggers,
        **library.texts_of(entry),
    }


@router.get("", response=LibraryEntriesOut, summary="The case library, newest first")
@needs_scope("complaints:read")
def list_library(request: HttpRequest, wanted: Query[LibraryWanted]) -> dict[str, Any]:
    chosen = library.EntryFilter(
        q=wanted.q, state=wanted.state, cause=wanted.cause, liability=wanted.liability
    )
    rows = library.listed(api_actor(request), chosen)
    page = paginate(rows, order=library.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, _out)


@router.get("/{entry_id}", response=LibraryEntryOut, summary="One entry of the case library")
@needs_scope("complaints:read")
def one_entry(request: HttpRequest, entry_id: Ident) -> dict[str, Any]:
    return _out(library.get(entry_id, api_actor(request)))


def _given(payload: LibraryEntryIn) -> dict[str, Any]:
    plain = payload.model_dump()
    return {"texts": {language: plain.pop(language) for language in ("zh", "en")}, **plain}


@router.post("", response={201: LibraryEntryOut}, summary="A draft")
@needs_scope(WRITE)
def write(request: HttpRequest, payload: LibraryEntryIn) -> Status[dict[str, Any]]:
    return Status(201, _out(services.save_entry(**_given(payload), at=now(), by=api_actor(request))))


@router.put("/{entry_id}", response=LibraryEntryOut, summary="Change an entry; published it stays whole")
@needs_scope(WRITE)
def change(request: HttpRequest, entry_id: Ident, payload: LibraryEntryIn) -> dict[str, Any]:
    by = api_actor(request)
    return _out(services.save_entry(entry_id=entry_id, **_given(payload), at=now(), by=by))


@router.post("/{entry_id}/publication", response=LibraryEntryOut, summary="Publish what was read over")
@needs_scope(WRITE)
def publication(request: HttpRequest, entry_id: Ident, payload: PublicationIn) -> dict[str, Any]:
    given = payload.model_dump()
    return _out(services.publish_entry(entry_id=entry_id, **given, at=now(), by=api_actor(request)))


@router.post("/{entry_id}/withdrawal", response=LibraryEntryOut, summary="A draft again")
@needs_scope(WRITE)
def withdrawal(request: HttpRequest, entry_id: Ident) -> dict[str, Any]:
    return _out(services.take_back_entry(entry_id=entry_id, at=now(), by=api_actor(request)))


@router.get(
    "/{entry_id}/answers", response=LibraryAnswersOut, summary="What everybody answered, newest first"
)
@needs_scope("complaints:read")
def answers(request: HttpRequest, entry_id: Ident, wanted: Query[LibraryPageWanted]) -> dict[str, Any]:
    actor = api_actor(request)
    require(actor, policies.ANSWERS)
    rows = library.all_answers(library.get(entry_id, actor))
    page = paginate(rows, order=library.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return page_out(page, _answer)


@router.put(
    "/{entry_id}/answers/{number}", response=LibraryAnswerOut, summary="One's own answer to a question"
)
@needs_scope(WRITE)
def answer(request: HttpRequest, entry_id: Ident, number: Ident, payload: LibraryAnswerIn) -> dict[str, Any]:
    by = api_actor(request)
    made = services.answer_question(entry_id=entry_id, number=number, text=payload.text, at=now(), by=by)
    return _answer(made)


def _answer(one: Any) -> dict[str, Any]:
    plain = ("number", "staff_id", "question", "text", "answered_at")
    return {"id": one.pk, **{name: getattr(one, name) for name in plain}}
