"""The error tree: what went wrong, said to a person.

    Fault
    ├── NotFound    404  it does not exist for you
    ├── Forbidden   403  it exists, but you may not
    ├── Refused     409  you may, but not in this state
    └── Invalid     422  the input is wrong; `field` names where
        └── TooLarge  413

Every fault carries one sentence for the person who caused it, and the name of
the field where there is one. A middleware turns faults into a page, a part or
problem+json, so that no view needs a `try`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def N_(msgid: str) -> str:  # noqa: N802 - the name that message extraction looks for
    """Mark an English sentence for translation without translating it here."""
    return msgid


@dataclass(frozen=True)
class Sentence:
    """A sentence for a person, kept apart from its values so that it can be translated later.

    The kernel knows no language: `str()` gives English, the web layer says
    `gettext(sentence.msgid) % sentence.params`.
    """

    msgid: str
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.msgid % self.params


class Fault(Exception):
    """Base of everything the product refuses on purpose."""

    status = 500
    code = "fault"

    def __init__(self, sentence: Any, *, field: str | None = None, **details: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.details = details

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def names_field(self) -> bool:
        """Whether the sentence says by itself which field it is about."""
        said = getattr(self.sentence, "params", None) or {}
        return bool(self.field) and said.get("field") == self.field


class NotFound(Fault):
    status = 404
    code = "not_found"


class Forbidden(Fault):
    status = 403
    code = "forbidden"


class Refused(Fault):
    status = 409
    code = "refused"


class Invalid(Fault):
    """Wrong input. `errors` may carry several fields at once: {"field": "sentence"}."""

    status = 422
    code = "invalid"

    def __init__(
        self, sentence: Any, *, field: str | None = None, errors: dict[str, Any] | None = None, **details: Any
    ) -> None:
        super().__init__(sentence, field=field, **details)
        self.errors: dict[str, Any] = errors or ({field: sentence} if field else {})


class TooLarge(Invalid):
    status = 413
    code = "too_large"
