"""Write the furniture of a new room: `make room name=inspections`.

Only what every room has, each file with its first sentence; nothing that pretends to work. The floor is
chosen in pyproject.toml, where planned rooms already stand.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PO_HEADER = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

FILES = {
    "__init__.py": '"""{Title}: what it is for.\n\nDoors: services, queries, events.\n"""\n',
    "apps.py": """from django.apps import AppConfig


class {Camel}Config(AppConfig):
    name = "shouwen.{name}"
    label = "{name}"
""",
    "rules.py": '"""What holds in {title}: plain values in, plain values out; times are passed in."""\n',
    "events.py": '"""Facts that {title} announces: ids and plain values only."""\n',
    "models.py": '"""Tables of {title}, with their constraints and indexes."""\n',
    "policies.py": '"""Who may do what in {title}: pure predicates over (actor, thing)."""\n',
    "queries.py": '"""Reads of {title}: what an actor may see, and read models for screens."""\n',
    "services.py": '"""Writes of {title}. Lock, may I, rule, row, fact; `at=` and `by=` always."""\n',
    "handlers.py": '"""What {title} does about facts from below. Every handler may run twice."""\n',
    "tasks.py": '"""What the clock starts in {title}."""\n',
    "panels.py": '"""What {title} hangs in the windows of lower rooms."""\n',
    "testing.py": '"""Factories of {title} for tests."""\n',
    "web/__init__.py": "",
    "web/urls.py": '''"""Addresses of {title}: nouns, with sub-resources for verbs."""

from django.urls import URLPattern

app_name = "{name}"
urlpatterns: list[URLPattern] = []
''',
    "migrations/__init__.py": "",
    "tests/__init__.py": "",
    "templates/{name}/.gitkeep": "",
    "locale/zh_Hans/LC_MESSAGES/django.po": PO_HEADER,
}


def planned() -> set[str]:
    """Rooms that have a floor in the import contracts."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return {name.strip(" ()") for layer in layers for name in layer.split("|")}


def refusal(name: str, folder: Path) -> str | None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        return "Say which room: make room name=inspections (lower case, letters, digits and _)."
    if folder.exists():
        return f"There is already a room {name}."
    if name not in planned():
        return (
            f"{name} has no floor yet: put it into `layers` of the contract `floors` in pyproject.toml first."
        )
    return None


def main() -> int:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    folder = ROOT / "src" / "shouwen" / name
    sentence = refusal(name, folder)
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 2
    words = name.replace("_", " ")
    values = {
        "name": name,
        "title": words,
        "Title": words.capitalize(),
        "Camel": words.title().replace(" ", ""),
    }
    for path, text in FILES.items():
        file = folder / path.replace("{name}", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        filled = text
        for key, value in values.items():
            filled = filled.replace("{" + key + "}", value)
        file.write_text(filled)
    print(f"src/shouwen/{name}/ is furnished. Next: its sentence, and its place in ROOMS of the settings.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
