"""Reads on accounts."""

from shouwen.platform.accounts.models import User


def is_active(user_id: int) -> bool:
    return User.objects.filter(pk=user_id, is_active=True).exists()


def sign_ins(limit: int = 1000) -> list[User]:
    """Who can sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("name", "pk")[:limit])
