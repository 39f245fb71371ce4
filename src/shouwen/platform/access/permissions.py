"""Permissions and the roles that hold them. Every room registers its own; the roles page shows the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

ROLES: dict[str, Any] = {
    "agent": _("Agent"),
    "desk": _("Service desk"),
    "supervisor": _("Supervisor"),
    "reviewer": _("Quality reviewer"),
    "account_manager": _("Account manager"),
    "back_office": _("Back office expert"),
    "provider": _("Provider"),
    "chief": _("Chief service manager"),
    "administrator": _("Administrator"),
}
FRONT = frozenset({"agent", "desk", "supervisor", "chief", "account_manager"})
INSIDE = frozenset(ROLES) - {"provider"}
EVERYONE = frozenset(ROLES)


@dataclass(frozen=True)
class Permission:
    code: str
    label: Any
    roles: frozenset[str]


_registered: dict[str, Permission] = {}
_of_roles: dict[frozenset[str], frozenset[str]] = {}


def register(code: str, *, label: Any, roles: Iterable[str]) -> None:
    """`code` is "<room>.<verb>"; an administrator holds every permission."""
    unknown = set(roles) - set(ROLES)
    if unknown:
        raise ValueError(f"unknown roles for {code}: {sorted(unknown)}")
    _registered[code] = Permission(code, label, frozenset(roles) | {"administrator"})
    _of_roles.clear()


def registered() -> list[Permission]:
    return sorted(_registered.values(), key=lambda permission: permission.code)


def of_roles(roles: Iterable[str]) -> frozenset[str]:
    """All permissions that any of `roles` holds."""
    key = frozenset(roles)
    if key not in _of_roles:
        _of_roles[key] = frozenset(code for code, perm in _registered.items() if perm.roles & key)
    return _of_roles[key]
