"""Codes by which customers sign in to the portal. The code itself is nowhere but in the customer's mail."""

from django.db import models


class PortalCode(models.Model):
    """One asking for a code, whether we know the address or not; `code_hash` stays empty where we do not."""

    address = models.CharField(max_length=254)
    network = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["address", "asked_at"], name="cases_code_address"),
            models.Index(fields=["network", "asked_at"], name="cases_code_network"),
            models.Index(fields=["asked_at"], name="cases_code_asked"),
        )

    def __str__(self) -> str:
        return f"code for {self.address}"
