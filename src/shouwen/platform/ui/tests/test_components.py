"""What macros promise: escaped texts, labels for all controls, no inline style or script."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext_lazy, override
from jinja2 import Environment

from shouwen.platform.ui import jinja
from shouwen.platform.web.environment import environment

UI = Path(jinja.__file__).parent
STATIC = UI / "static" / "platform"


@pytest.fixture(scope="module")
def env() -> Environment:
    from jinja2 import FileSystemLoader

    return environment(loader=FileSystemLoader(UI / "templates"))


def _draw(env: Environment, text: str, **values: Any) -> str:
    return " ".join(env.from_string(text).render(**values).split())


def test_a_field_ties_label_help_and_error_to_its_control(env: Environment) -> None:
    html = _draw(env, '{{ ui.field("phone", "Phone", help="digits", error="too short", required=True) }}')
    assert '<label for="id_phone"' in html
    assert 'aria-describedby="id_phone-help id_phone-error"' in html
    assert 'aria-invalid="true"' in html
    assert " required" in html


def test_texts_and_attributes_of_strangers_are_escaped(env: Environment) -> None:
    nasty = '"><script>alert(1)</script>'
    html = _draw(
        env,
        "{{ ui.field(x, x, value=x, attrs={'data-x': x}) }}{{ ui.badge(x, title=x) }}{{ ui.toast(x) }}"
        '{{ ui.inbox_row("r", "/", x, x, x, owner=x, kind=x, typing=[x]) }}{{ icon("mail", 16, x) }}',
        x=nasty,
    )
    assert "<script" not in html


def test_a_password_never_comes_back_to_the_page(env: Environment) -> None:
    assert "secret" not in _draw(env, '{{ ui.field("p", "P", value="secret", type="password") }}')


def test_a_lazy_translation_is_a_word_and_not_a_list_of_letters(env: Environment) -> None:
    with override("en"):
        lazy = gettext_lazy("Close")
        html = _draw(
            env,
            '{{ ui.select("s", "S", [("a", x)], error=x) }}{{ ui.tags([x]) }}{{ ui.form_errors([x]) }}',
            x=lazy,
        )
    assert "C l o s e" not in html
    assert html.count("Close") == 4


def test_attributes_drop_what_is_none_or_false_and_keep_true_bare() -> None:
    assert jinja.attributes({"a": None, "b": False, "c": True, "d": 0}) == ' c d="0"'


@pytest.mark.parametrize(
    ("name", "face"),
    [("林晓", "林"), ("Ann Field", "AF"), ("bo", "Bo"), ("", "?"), (None, "?"), ("9号", "9")],
)
def test_a_face_without_a_picture_shows_initials(name: str | None, face: str) -> None:
    assert jinja.initials(name) == face


def test_an_unknown_component_is_named_in_the_error(env: Environment) -> None:
    with pytest.raises(AttributeError, match="sparkle"):
        env.globals["ui"].sparkle  # noqa: B018


def test_no_template_has_a_style_or_a_script_inside() -> None:
    forbidden = re.compile(
        r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*(src=|application/json))|javascript:"
    )
    for path in sorted((UI / "templates").rglob("*.html")):
        plain = re.sub(r"\{[{%#].*?[}%#]\}", "", path.read_text(), flags=re.DOTALL)
        assert not forbidden.search(plain), path


def test_light_and_dark_have_the_same_tokens() -> None:
    names = {}
    for sheet in ("tokens", "dark"):
        text = (STATIC / "css" / f"{sheet}.css").read_text()
        names[sheet] = set(re.findall(r"^\s+(--[\w-]+):", text, re.MULTILINE))
    sizes = re.compile(r"--(text|s\d|round|control|rail|topbar|bottombar|quick|font|brand)")
    assert {name for name in names["tokens"] if not sizes.match(name)} == names["dark"]


def test_every_colour_comes_from_a_token() -> None:
    for path in sorted((STATIC / "css").glob("*.css")):
        if path.stem in {"tokens", "dark"}:
            continue
        literal = re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8}\b|rgb\()", path.read_text())
        assert set(literal) <= {"#000", "#fff"}, path


def test_every_used_token_is_defined() -> None:
    known = set(re.findall(r"(--[\w-]+):", (STATIC / "css" / "tokens.css").read_text()))
    for path in sorted((STATIC / "css").glob("*.css")):
        used = set(re.findall(r"var\((--[\w-]+)[,)]", path.read_text()))
        assert used - known <= {"--pane-views", "--pane-list", "--views-width"}, path
