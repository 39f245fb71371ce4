"""Actor: who is doing this, with what rights. Built once per request, token or job; passed, never ambient."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    user_id: int | None = None
    name: str = ""
    kind: str = "anonymous"  # staff | customer | system | anonymous
    permissions: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    team_ids: frozenset[int] = frozenset()
    department_id: int | None = None
    provider_id: int | None = None
    customer_id: int | None = None
    run_id: int | None = None  # of a rule that acts by itself: which of its runs
    language: str = "zh-hans"
    zone: str = "Asia/Shanghai"
    theme: str = "system"
    scopes: frozenset[str] | None = field(default=None)  # None: no token, so no narrowing

    def can(self, permission: str) -> bool:
        return self.kind == "system" or permission in self.permissions

    @property
    def is_system(self) -> bool:
        return self.kind == "system"

    @property
    def is_staff(self) -> bool:
        return self.kind == "staff"


SYSTEM = Actor(name="system", kind="system")
ANONYMOUS = Actor()


def customer_actor(customer_id: int, name: str, language: str = "zh-hans") -> Actor:
    """A customer who came by a signed link or code: may only what the link stands for."""
    return Actor(kind="customer", customer_id=customer_id, name=name, language=language)
