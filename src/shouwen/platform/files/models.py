"""StoredFile: what a file is. Its bytes lie in FILES_DIR under their own hash, so equal ones lie there once."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    safe_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # a tombstone: since when it is gone for everybody, and since when its bytes are no longer on the disk
    gone_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=Q(gone_at__isnull=False, wiped_at__isnull=True), name="files_to_wipe"
            )
        ]

    def __str__(self) -> str:
        return self.name
