"""Files that are handed in with a form or by the API: what is wrong with one is said at its own field."""

from datetime import datetime
from typing import IO

from shouwen.kernel.errors import Invalid
from shouwen.platform.files import services as files
from shouwen.platform.files.models import StoredFile

FIELD = "file"
File = tuple[str, bytes | IO[bytes]]


def keep(file: File, *, at: datetime) -> StoredFile:
    """Its name and its bytes, kept. Raises TooLarge or Invalid, both at the field `file`."""
    try:
        return files.store(name=file[0], content=file[1], at=at)
    except Invalid as wrong:
        raise type(wrong)(wrong.sentence, field=FIELD) from wrong
