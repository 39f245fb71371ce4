"""Text for mails is the only thing that is not escaped, and no page can be made so by accident."""

from pathlib import Path

import pytest
from django.conf import settings
from jinja2 import DictLoader

from shouwen.platform.web import pages
from shouwen.platform.web.environment import environment, text_environment

SCRIPT = "<script>alert('&')</script>"


def test_words_keep_their_signs_and_a_page_of_any_name_escapes_them() -> None:
    env = environment(loader=DictLoader({"a.txt": "{{ said }}", "a.html": "{{ said }}", "a": "{{ said }}"}))
    assert text_environment(env).get_template("a.txt").render(said=SCRIPT) == SCRIPT
    for name in ("a.txt", "a.html", "a"):  # asked for as a page, even a text is escaped
        assert "<script>" not in env.get_template(name).render(said=SCRIPT)


def test_a_page_cannot_be_rendered_as_words() -> None:
    with pytest.raises(ValueError, match="always escaped"):
        pages.render_words("platform/fault.html", {})


def test_no_template_switches_the_escaping_by_itself() -> None:
    folders = [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    found = [
        str(path)
        for folder in folders
        for path in folder.rglob("*.*")
        if path.suffix in {".html", ".txt"} and "autoescape" in path.read_text(encoding="utf-8")
    ]
    assert not found
