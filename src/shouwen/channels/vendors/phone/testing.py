"""A telephone system for tests: it signs and sends events to a test client."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from shouwen.channels import signing
from shouwen.channels.models import Call, PhoneSystem
from shouwen.platform.access import now
from shouwen.platform.secrets import seal

SECRET = "a secret for tests"  # noqa: S105
BEGAN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def a_system(**values: Any) -> PhoneSystem:
    given = {"name": "PBX", "key": "pbx1", "secret": seal(SECRET), **values}
    return PhoneSystem.objects.create(**given)


@dataclass
class Telephone:
    """`telephone("ringing", 0, extension="801")` reports that 0 seconds after the call began."""

    client: Any
    system: PhoneSystem
    name: str = "c-1"
    number: str = "13800000000"
    line: str = "400800"
    direction: str = "incoming"
    began: datetime = BEGAN
    count: int = field(default=0)

    def __call__(self, event: str, after: float = 0, **more: Any) -> Any:
        self.count += 1
        body = {
            "id": f"{self.name}-{self.count}",
            "call": self.name,
            "event": event,
            "at": (self.began + timedelta(seconds=after)).isoformat(),
            "direction": self.direction,
            "number": self.number,
            "line": self.line,
            **more,
        }
        return self.send(json.dumps(body).encode())

    def send(
        self, body: bytes, *, stamp: str | None = None, secret: str = SECRET, signature: str | None = None
    ) -> Any:
        when = stamp or str(int(now().timestamp()))
        signed = signature if signature is not None else signing.sign(secret, when, body)
        return self.client.post(
            f"/hooks/phone/{self.system.key}/",
            data=body,
            content_type="application/json",
            headers={signing.TIMESTAMP: when, signing.SIGNATURE: signed},
        )

    @property
    def call(self) -> Call:
        return Call.objects.get(system=self.system, external_id=self.name)
