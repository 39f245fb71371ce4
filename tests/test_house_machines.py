"""The steps of `make check` that are programs of others: style, types, imports, texts. CI runs them here."""

import tempfile

import pytest

from tools import check, translations

STEPS = [step for step in check.STEPS if step[0] != "unit tests"]


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS, ids=[name for name, _command in STEPS])
def test_the_machine_finds_nothing(step: tuple[str, list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        good, said = check.run(step, folder)
    assert good, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello %(name)s", ["%(name)s"]),
        ("%(a)s before %(b)d", ["%(a)s", "%(b)d"]),
        ("100%% sure", []),
        ("50% off", []),
        ("%s of %d", ["%d", "%s"]),
    ],
)
def test_placeholders_are_told_from_percent_signs(text: str, found: list[str]) -> None:
    assert translations.placeholders(text) == found


def test_every_way_to_mark_a_text_is_known_to_the_extractor() -> None:
    """The check must not pass because it looked for nothing."""
    texts = {text.message for text in translations.texts_in(translations.SOURCE / "platform")}
    assert len(texts) > 50
    assert "You may not do this." in texts  # gettext_lazy in Python
    assert "Skip to the content" in texts  # _() in a template
