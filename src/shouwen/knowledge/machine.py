"""The optional language model: any OpenAI-compatible address (KNO-4). Off until somebody switches it on.

Nothing here writes or sends: it returns words for a person to read. Call it outside a transaction.
"""

from collections.abc import Iterable, Sequence

import httpx
from django.conf import settings

from shouwen.kernel.errors import N_, Refused, Sentence
from shouwen.knowledge.rules import machine, masking
from shouwen.platform.preferences import get as preference

TIMEOUT = httpx.Timeout(40.0, connect=5.0)
MOST_BYTES = 1_000_000


def is_on() -> bool:
    return bool(preference("machine.on") and str(preference("machine.address")).strip())


def ask(
    task: machine.Task,
    said: Iterable[tuple[str, str]],
    *,
    language: str,
    names: Iterable[str] = (),
    choices: Sequence[tuple[str, str]] = (),
) -> str:
    """The model's answer, with personal data masked on the way there when the setting says so, put back here."""
    if not is_on():
        raise Refused(Sentence(N_("No language model is switched on.")))
    rows = list(said)
    kept: dict[str, str] = {}
    if preference("machine.mask"):
        edge = "\u241e"  # a sign nobody types: one text, so that the same thing has the same mark everywhere
        hidden = masking.mask(edge.join(text.replace(edge, " ") for _who, text in rows), names)
        kept = dict(hidden.kept)
        rows = [(who, text) for (who, _old), text in zip(rows, hidden.text.split(edge), strict=True)]
    asked = machine.messages(task, rows, language=language, choices=choices)
    return masking.unmask(machine.answer_of(_post(asked)), kept)


def _post(asked: list[dict[str, str]]) -> object:
    """One request, not repeated: a person stands by and can ask again."""
    address = str(preference("machine.address")).strip().rstrip("/")
    headers = {"Authorization": f"Bearer {settings.MACHINE_KEY}"} if settings.MACHINE_KEY else {}
    body = {"model": str(preference("machine.model")), "messages": asked, "temperature": 0.2}
    try:
        answer = httpx.post(f"{address}/chat/completions", json=body, headers=headers, timeout=TIMEOUT)
        answer.raise_for_status()
        found: object = answer.json() if len(answer.content) <= MOST_BYTES else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise Refused(
            Sentence(N_("The language model did not answer. Write it yourself or try again."))
        ) from None
    return found
