"""Scripts and styles: kept by browsers for good, and never an old one after an upgrade."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import Client

from shouwen.config import statics

SOURCE = Path(settings.PACKAGE)
RELATIVE_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
MODULES = sorted(path for path in SOURCE.rglob("static/**/*.js"))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_is_kept_for_good_under_its_version() -> None:
    address = static("platform/js/main.js")
    assert re.fullmatch(r"/static/[0-9a-f]{10}/platform/js/main\.js", address)
    response = Client().get(address)
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Type"].startswith("text/javascript")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response)


@pytest.mark.parametrize("version", ["", "0123456789/"])
def test_a_page_of_another_version_finds_todays_file(version: str) -> None:
    response = Client().get(f"/static/{version}platform/js/main.js")
    assert response.status_code == 302
    assert response["Location"] == static("platform/js/main.js")
    assert response["Cache-Control"] == "no-cache"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["nothing.js", "../../config/settings.py", "..%2f..%2fsettings.py", "0123456789/nothing.js"]
)
def test_what_is_no_static_file_is_not_found(path: str) -> None:
    assert Client().get(f"/static/{path}").status_code == 404
    assert Client().get(static("") + path).status_code == 404


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.js").write_text("1")
    first = statics.version([tmp_path])
    assert statics.version([tmp_path]) == first
    (tmp_path / "a" / "x.js").write_text("2")
    second = statics.version([tmp_path])
    (tmp_path / "a" / "x.js").rename(tmp_path / "a" / "y.js")
    assert len({first, second, statics.version([tmp_path]), statics.version([tmp_path], ["django"])}) == 4
    assert statics.version([tmp_path], ["no-such-package"]) == statics.version([tmp_path])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_import_each_other_by_relative_addresses_that_exist(module: Path) -> None:
    root = next(parent for parent in module.parents if parent.name == "static")
    code = module.read_text()
    here = module.relative_to(root).parent
    for wanted in RELATIVE_IMPORT.findall(code):
        parts: list[str] = []
        for part in (here / wanted).parts:
            if part == "..":
                parts.pop()
            elif part != ".":
                parts.append(part)
        assert finders.find("/".join(parts)), f"{module.name} imports {wanted}"
    assert not re.search(r"""(?:from|import)\s*\(?\s*["']/static/""", code)
