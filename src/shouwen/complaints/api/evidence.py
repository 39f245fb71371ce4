"""/api/v1/complaints/{ref}/evidence/files: what shows what happened, with its files. The type of a file is read from its
bytes; what its sender says of it counts for nothing."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from shouwen.complaints import queries, services
from shouwen.complaints.api.acting import WRITE, done_with
from shouwen.complaints.queries import record
from shouwen.platform.apikit import Out, Strict, api_actor, needs_scope

router = Router(tags=["complaints"])


class EvidenceFileIn(Strict):
    sort: str
    party: str
    title: Annotated[str, Field(max_length=200)]
    shows: Annotated[str, Field(max_length=8000)] = ""
    happened_at: datetime | None = None


class EvidenceOut(Out):
    """`link` is signed and needs no token; it is empty where there is no file, or where it was erased."""

    id: int
    sort: str
    party: str
    title: str
    shows: str
    happened_at: datetime | None
    added_at: datetime
    accepted_at: datetime | None
    file_name: str
    content_type: str
    size: int
    sha256: str
    link: str


def evidence_out(one: Any) -> dict[str, Any]:
    file = one.file
    return {
        **{
            name: getattr(one, name)
            for name in ("sort", "party", "title", "shows", "happened_at", "added_at")
        },
        "id": one.pk,
        "accepted_at": one.confirmed_at,
        "file_name": file.name if file else "",
        "content_type": file.content_type if file else "",
        "size": file.size if file else 0,
        "sha256": file.sha256 if file else "",
        "link": record.file_link(one),
    }


@router.get("/{ref}/evidence/files", response=list[EvidenceOut], summary="All evidence of a complaint")
@needs_scope("complaints:read")
def list_evidence(request: HttpRequest, ref: str) -> list[dict[str, Any]]:
    found = queries.get(ref, api_actor(request))
    return [evidence_out(one) for one in found.evidence.select_related("file")]


@router.post("/{ref}/evidence/files", response={201: EvidenceOut}, summary="Evidence with its file")
@needs_scope(WRITE)
def hand_in(
    request: HttpRequest, ref: str, payload: Form[EvidenceFileIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    given = payload.model_dump(exclude_none=True)
    made = done_with(request, ref, services.add_evidence, **given, file=(file.name or "file", file))
    return Status(201, evidence_out(made))
