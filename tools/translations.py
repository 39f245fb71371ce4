"""Compile the rooms' translations, or check that none is missing.

    python tools/translations.py            every django.po under src/shouwen becomes a django.mo beside it
    python tools/translations.py --check    fail, naming file and line, where a text has no Chinese
    python tools/translations.py --check --only src/shouwen/cases    one room only
    python tools/translations.py --missing src/shouwen/cases         what is missing, as entries to fill in

Texts in the source are English message ids. Rooms own their catalogues
(`<room>/locale/zh_Hans/LC_MESSAGES/django.po`), and at run time Django merges
them all, so a text counts as translated when any room translates it. A
catalogue that cannot be read, a fuzzy entry and a translation whose
placeholders differ from its message id are errors too. What Django and its
add-on packages translate themselves is theirs: only our source is read.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "shouwen"
LANGUAGE = "zh_Hans"

# What marks a text, and which of its arguments hold it. `N_` marks a text that is translated later.
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_OPTIONS = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    "silent": "false",
    "newstyle_gettext": "true",
}
TEMPLATE_ENDINGS = (".html", ".txt", ".xml", ".jinja")
PLACEHOLDER = re.compile(
    r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[-#0 +]*\d*(?:\.\d+)?([sdifgrxc])(?![a-z])"
)

Key = tuple[str, str | None]  # message id (singular), context


@dataclass(frozen=True)
class Text:
    """One marked text in the source."""

    message: str
    context: str | None
    plural: str | None
    path: Path
    line: int

    @property
    def key(self) -> Key:
        return (self.message, self.context)

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def catalogues(source: Path = SOURCE) -> list[Path]:
    """Every .po file of ours, in a stable order."""
    return sorted(source.glob("**/locale/*/LC_MESSAGES/django.po"))


def compile_all(source: Path = SOURCE) -> list[Path]:
    """Write the .mo beside every .po whose .mo is older or absent; returns what was written."""
    written = []
    for po in catalogues(source):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        # Written whole and moved into place: a server that starts meanwhile reads the old or the new one.
        buffer = io.BytesIO()
        write_mo(buffer, _read(po))
        part = mo.with_suffix(".mo.part")
        part.write_bytes(buffer.getvalue())
        part.replace(mo)
        written.append(mo)
    return written


def texts_in(source: Path) -> Iterator[Text]:
    """Every marked text in Python files and templates under `source` (a folder or one file)."""
    for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
        parts = path.relative_to(ROOT).parts
        if "tests" in parts or "migrations" in parts or not path.is_file():
            continue
        if path.suffix == ".py":
            yield from _extract("python", path, {})
        elif "templates" in parts and path.suffix in TEMPLATE_ENDINGS:
            yield from _extract("jinja2.ext:babel_extract", path, TEMPLATE_OPTIONS)


def _extract(method: str, path: Path, options: dict[str, str]) -> Iterator[Text]:
    with path.open("rb") as stream:
        for line, message, _comments, context in extract(method, stream, KEYWORDS, options=options):
            singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
            if singular:
                yield Text(singular, context, plural, path, line)


def _read(po: Path) -> Catalog:
    with po.open("rb") as stream:
        return read_po(stream, locale=po.parts[-3], domain="django", abort_invalid=True)


def translations(source: Path = SOURCE) -> tuple[dict[Key, str], list[str]]:
    """What the Chinese catalogues say, and what is wrong with them."""
    known: dict[Key, str] = {}
    faults: list[str] = []
    for po in catalogues(source):
        place = po.relative_to(ROOT)
        try:
            catalogue = _read(po)
        except (PoFileError, ValueError) as error:
            faults.append(f"{place}: cannot be read: {error}")
            continue
        for entry in catalogue:
            if not entry.id:
                continue
            ids = _as_list(entry.id)
            strings = _as_list(entry.string)
            where = f"{place}: {ids[0]!r}"
            if entry.fuzzy:
                faults.append(f"{where} is marked fuzzy")
            elif not all(strings):
                faults.append(f"{where} has an empty translation")
            else:
                faults += [f"{where}: {fault}" for fault in _placeholder_faults(ids, strings)]
                if po.parts[-3] == LANGUAGE:
                    # Django merges all rooms' catalogues: two translations of one id collide.
                    earlier = known.setdefault((ids[0], entry.context), strings[0])
                    if earlier != strings[0]:
                        faults.append(
                            f"{where} is {strings[0]!r} here but {earlier!r} elsewhere (use pgettext)"
                        )
    return known, faults


def _as_list(text: object) -> list[str]:
    """Babel gives one text or, for plurals, several; a missing one is empty."""
    return [str(one or "") for one in text] if isinstance(text, tuple | list) else [str(text or "")]


def placeholders(text: str) -> list[str]:
    """The %-placeholders of a text, sorted; `%%` is none."""
    return sorted(match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def _placeholder_faults(ids: Iterable[str], strings: Iterable[str]) -> list[str]:
    allowed = [placeholders(text) for text in ids]
    return [
        f"placeholders {placeholders(text)} are not those of the message id {allowed[-1]}"
        for text in strings
        if placeholders(text) not in allowed
    ]


def missing(texts: Iterable[Text], known: dict[Key, str]) -> dict[Key, list[Text]]:
    """Texts without a translation, each with every place it stands."""
    found: dict[Key, list[Text]] = {}
    for text in texts:
        if text.key not in known:
            found.setdefault(text.key, []).append(text)
    return found


def check(where: Path) -> list[str]:
    """Every fault, one line each; empty when all is well."""
    known, faults = translations()
    if where != SOURCE:
        room = str(where.relative_to(ROOT))
        faults = [fault for fault in faults if fault.startswith(room)]
    for (message, context), places in missing(texts_in(where), known).items():
        said = f"{message!r}" + (f" (context {context!r})" if context else "")
        faults.append(f"{places[0].place}: no Chinese for {said}" + _also(places[1:]))
    return faults


def _also(places: list[Text]) -> str:
    return f" (also {', '.join(text.place for text in places[:3])})" if places else ""


def as_po(where: Path) -> str:
    """The missing texts of `where` as .po entries with empty translations."""
    known, _faults = translations()
    catalogue = Catalog(locale=LANGUAGE)
    for places in missing(texts_in(where), known).values():
        text = places[0]
        identity = (text.message, text.plural) if text.plural else text.message
        catalogue.add(
            identity, context=text.context, locations=[(t.place.rsplit(":", 1)[0], t.line) for t in places]
        )
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=0)
    return buffer.getvalue().decode()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="fail where a text has no Chinese")
    parser.add_argument("--only", type=Path, default=SOURCE, help="check only this folder's or file's texts")
    parser.add_argument("--missing", type=Path, metavar="PATH", help="print what is missing as .po entries")
    options = parser.parse_args(arguments)
    if options.missing:
        print(as_po(options.missing.resolve()))
        return 0
    if options.check:
        faults = check(options.only.resolve())
        print("\n".join(faults) if faults else "Translations: nothing missing.")
        return 1 if faults else 0
    written = compile_all()
    print(f"Translations: {len(written)} compiled, {len(catalogues()) - len(written)} up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
