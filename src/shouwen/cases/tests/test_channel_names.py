"""Every place takes its list of channels from the one where they are registered."""

from collections.abc import Iterator

import pytest
from django.template import engines

from shouwen.channels import kinds
from shouwen.knowledge import queries as knowledge
from shouwen.platform import ways
from shouwen.platform.apikit.api import build


@pytest.fixture
def pigeon() -> Iterator[str]:
    kinds.register(kinds.Channel("pigeon", "信鸽", "bird", by_hand=True))
    yield "pigeon"
    kinds._KNOWN.pop("pigeon")
    ways.WAYS.pop("pigeon")


def test_a_new_channel_is_listed_named_and_checked_everywhere(pigeon: str) -> None:
    assert pigeon in kinds.by_hand()
    assert (pigeon, "信鸽") in knowledge.channel_choices()
    assert f"'webhook', '{pigeon}'" in str(build().get_openapi_schema(path_prefix="/api/v1/"))
    env = engines["jinja2"].env  # type: ignore[attr-defined]
    assert "信鸽" in str(env.globals["ui"].channel(pigeon, text=True))
