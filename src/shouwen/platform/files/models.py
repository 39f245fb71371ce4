"""StoredFile: what a file is. Its bytes lie in FILES_DIR under their own hash, so equal ones lie there once."""

from django.db import models


class StoredFile(models.Model):
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    safe_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
