"""Reads on files, and the signed links to them."""

from pathlib import Path
from typing import BinaryIO

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import NotFound
from shouwen.platform.files.models import StoredFile
from shouwen.platform.files.places import path_of

SALT = "shouwen.file"
LINK_SECONDS = 24 * 3600


def get(file_id: int) -> StoredFile:
    found = StoredFile.objects.filter(pk=file_id).first()
    if found is None:
        raise NotFound(_("There is no such file."))
    if found.gone_at is not None:
        raise NotFound(_("This file has been erased."))
    return found


def path(file: StoredFile) -> Path:
    return path_of(file.sha256)


def opened(file: StoredFile) -> BinaryIO:
    """The file's bytes, to be read and closed; NotFound when the folder was not restored with the database."""
    try:
        return path(file).open("rb")
    except FileNotFoundError:
        raise NotFound(_("The content of this file is missing.")) from None


def content(file_id: int) -> bytes:
    """All bytes of a file; for mails and small things, not for videos."""
    with opened(get(file_id)) as file:
        return file.read()


def link(file_id: int) -> str:
    """Address of the file for who sees the page it stands on; good for a day, tied to this file."""
    return reverse("files:download", args=[signing.dumps(file_id, salt=SALT)])


def from_token(token: str) -> StoredFile:
    try:
        return get(signing.loads(token, salt=SALT, max_age=LINK_SECONDS))
    except signing.BadSignature:
        raise NotFound(_("This link is no longer good; open the page again.")) from None
