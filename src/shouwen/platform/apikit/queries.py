"""Reads on tokens."""

from django.db.models import QuerySet

from shouwen.platform.apikit.models import Token


def tokens() -> QuerySet[Token]:
    """All tokens with their people, whether they still open something or not."""
    return Token.objects.select_related("user")
