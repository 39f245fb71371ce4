"""/api/v1/case-library: closed complaints told to learn from, as a list and one by one."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from shouwen.complaints.api.schemas import Ident
from shouwen.complaints.queries import library
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope
from shouwen.platform.web import paginate

router = Router(tags=["complaints"])


class LibraryWanted(Strict):
    q: Annotated[str, Field(max_length=100)] = ""
    cause: str = ""
    liability: str = ""
    cursor: str | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


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
    chosen = library.EntryFilter(q=wanted.q, cause=wanted.cause, liability=wanted.liability)
    rows = library.listed(api_actor(request), chosen)
    page = paginate(rows, order=library.ORDER, cursor=wanted.cursor, limit=wanted.limit)
    return {
        "items": [_out(one) for one in page.items],
        "next_cursor": page.next_cursor,
        "previous_cursor": page.previous_cursor,
    }


@router.get("/{entry_id}", response=LibraryEntryOut, summary="One entry of the case library")
@needs_scope("complaints:read")
def one_entry(request: HttpRequest, entry_id: Ident) -> dict[str, Any]:
    return _out(library.get(entry_id, api_actor(request)))
