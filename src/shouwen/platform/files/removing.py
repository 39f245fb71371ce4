"""The end of files: the row stays as a tombstone, the bytes leave the disk once that is committed.

`remove` only marks rows; a job of the same transaction wipes the bytes, and a sweeper wipes what a kill left: bytes
of marked rows, bytes whose transaction never ended, and halves of files on their way in.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from shouwen.platform.access import now
from shouwen.platform.files import places
from shouwen.platform.files.models import StoredFile
from shouwen.platform.jobs import enqueue, every, job

LONGEST_TRANSACTION = timedelta(days=1)  # what is older and has no row will never have one
BATCH = 500


def _referred_to(ids: set[int]) -> set[int]:
    """Which of these files some table still points at; every foreign key to a file counts."""
    held: set[int] = set()
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            name = relation.field.name
            rows = relation.related_model._default_manager.filter(**{f"{name}__in": ids})
            held.update(rows.values_list(name, flat=True))
    return held


@transaction.atomic
def remove(file_ids: Collection[int], *, at: datetime) -> int:
    """Let files go that nothing points at any more; how many went. Others' references keep a file as it is."""
    wanted = {int(pk) for pk in file_ids}
    going = wanted - _referred_to(wanted)
    count = StoredFile.objects.filter(pk__in=going, gone_at=None).update(name="", gone_at=at)
    if count:
        enqueue("files.wipe", {}, key="files.wipe")
    return count


def _wipe(sha256: str, *, at: datetime) -> None:
    """Take the bytes of one hash off the disk, unless a row that is still here has the same."""
    with transaction.atomic():
        places.take_turn(sha256, alone=True)
        rows = StoredFile.objects.filter(sha256=sha256)
        if not rows.filter(gone_at=None).exists():
            place = places.path_of(sha256)
            place.unlink(missing_ok=True)
            if place.parent.exists():
                places.remember(place.parent)
        # the hash goes too: it would still tell whether somebody had a certain file
        rows.filter(gone_at__isnull=False).update(wiped_at=at, sha256="")


def wipe_gone(*, at: datetime) -> int:
    """Wipe the bytes of all tombstones that still have them; how many hashes there were."""
    done = 0
    while True:
        left = StoredFile.objects.filter(gone_at__isnull=False, wiped_at=None).order_by("id")
        found = dict.fromkeys(left.values_list("sha256", flat=True)[:BATCH])
        for sha256 in found:
            _wipe(sha256, at=at)
        if not found:
            return done
        done += len(found)


@job("files.wipe", label=_("Wipe removed files"))
def wipe() -> None:
    wipe_gone(at=now())


def _left(prefix: str, at: datetime) -> list[Path]:
    before, folder = (at - LONGEST_TRANSACTION).timestamp(), places.folder()
    return [path for path in folder.glob(f"{prefix}*") if path.stat().st_mtime < before]


@every("files.sweep", seconds=600, label=_("Wipe what was left of files"))
def sweep(*, at: datetime) -> None:
    """Finish what a kill left: a wiping, a transaction whose bytes had arrived, a file on its way in."""
    wipe_gone(at=at)
    for mark in _left(places.MARK, at):
        _wipe(mark.name.removeprefix(places.MARK), at=at)
        mark.unlink(missing_ok=True)
    for half in _left(places.NEW, at):
        half.unlink(missing_ok=True)
