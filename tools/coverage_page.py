"""docs/coverage.md out of docs/coverage.toml: each requirement, how far it is, and its proof.

python tools/coverage_page.py            write the page
python tools/coverage_page.py --check    fail, one line each, where the list and the repository disagree
"""

import ast
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "docs" / "coverage.toml"
PAGE = ROOT / "docs" / "coverage.md"
WORDS = {"built": "built", "partly": "partly", "not_yet": "not yet"}

# How many requirements the catalogue has under each letter code. None may be forgotten.
CATALOGUE = {
    "CON": 9,
    "CAS": 12,
    "PRO": 8,
    "ESC": 7,
    "CMP": 9,
    "CUS": 8,
    "CAR": 6,
    "KNO": 4,
    "QUA": 13,
    "PPL": 9,
    "BRD": 3,
    "INS": 4,
    "PLT": 5,
}
HEAD = """# What is built

Every requirement of the product, its state, where it lives and the test that proves it. This page is
made from `coverage.toml` by `tools/coverage_page.py`; a test refuses a row that names a module or a test that
does not exist.
"""

Rows = dict[str, dict[str, Any]]


def rows() -> Rows:
    return tomllib.loads(DATA.read_text())


def identifiers() -> list[str]:
    return [f"{code}-{number}" for code, count in CATALOGUE.items() for number in range(1, count + 1)]


def page(data: Rows) -> str:
    """The whole page as text."""
    states = [row["state"] for row in data.values()]
    counted = ", ".join(f"{states.count(state)} {word}" for state, word in WORDS.items())
    lines = [HEAD, f"**{len(states)} requirements: {counted}.**"]
    area = None
    for identifier, row in data.items():
        if row["area"] != area:
            area = row["area"]
            lines += [
                "",
                f"## {area}",
                "",
                "| | requirement | state | where | proved by |",
                "|---|---|---|---|---|",
            ]
        title = row["title"] + (f" — not yet: {row['missing']}" if row.get("missing") else "")
        where = "<br>".join(f"`{module}`" for module in row.get("where", []))
        tests = "<br>".join(f"`{test.rsplit('::', 1)[-1]}`" for test in row.get("tests", []))
        lines.append(f"| {identifier} | {title} | {WORDS[row['state']]} | {where} | {tests} |")
    return "\n".join(lines) + "\n"


def faults(data: Rows) -> list[str]:
    """What is not true, one line each."""
    found = [f"{identifier} is not in the list" for identifier in identifiers() if identifier not in data]
    found += [f"{identifier} is no requirement" for identifier in data if identifier not in identifiers()]
    for identifier, row in data.items():
        found += [f"{identifier}: {fault}" for fault in _faults_of(row)]
    return found


def _faults_of(row: dict[str, Any]) -> list[str]:
    state = row.get("state")
    if state not in WORDS:
        return [f"the state {state!r} is none of {', '.join(WORDS)}"]
    if state == "not_yet":
        return [
            f"is not yet built and yet has `{key}`" for key in ("where", "tests", "missing") if key in row
        ]
    found = [f"is {state} and names no `{key}`" for key in ("where", "tests") if not row.get(key)]
    if (state == "partly") != bool(row.get("missing")):
        found.append("`missing` belongs to `partly`, and only there")
    found += [f"there is no module {module}" for module in row.get("where", []) if not _module_exists(module)]
    return found + [f"there is no test {test}" for test in row.get("tests", []) if not _test_exists(test)]


def _module_exists(module: str) -> bool:
    path = ROOT / "src" / Path(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def _test_exists(test: str) -> bool:
    path, _, name = test.partition("::")
    return name.split("[")[0] in _tests_in(ROOT / path)


@cache
def _tests_in(path: Path) -> frozenset[str]:
    """Names of the test functions of a file; `Class::test` for those in classes."""
    if not path.is_file():
        return frozenset()
    names = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            names |= {
                f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)
            }
    return frozenset(name for name in names if name.rsplit("::", 1)[-1].startswith("test"))


def main() -> int:
    data = rows()
    found = faults(data)
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text() != page(data):
            found.append("docs/coverage.md is not what coverage.toml says: run tools/coverage_page.py")
    else:
        PAGE.write_text(page(data))
    print("\n".join(found) or "Coverage: every row is true.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
