"""The rules of the house that the import contracts cannot see, read from the source."""

import ast
import re
import sys
from collections.abc import Iterable

from tests.house.source import (
    ROOT,
    SOURCE,
    Module,
    dotted,
    floors,
    modules,
    own_length,
    room_modules,
    templates,
)

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
WAYS_IN = ("web", "api", "handlers", "tasks", "panels")
# What another room may use. Everything else of a room is its own affair.
CLOSED = {*WAYS_IN, "management", "apps", "migrations", "tests"}
WRITES = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MAY_WRITE = {"services", "testing", "migrations", "management"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "time.time"}
JINJA = re.compile(r"\{[{%].*?[}%]\}")
LOOKS_AT = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


def nothing(found: Iterable[str]) -> None:
    listed = list(found)
    assert not listed, "\n" + "\n".join(listed)


def calls(module: Module) -> Iterable[tuple[str, int]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node.lineno


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    lengths = {module.place: module.text.count("\n") for module in modules()}
    nothing(f"{place} has {length} lines" for place, length in lengths.items() if length > LINES_OF_A_FILE)


def test_no_function_is_longer_than_fifty_lines() -> None:
    nothing(
        f"{module.place}:{node.lineno} {node.name} has {own_length(node)} lines"
        for module in modules()
        if not module.is_test
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and own_length(node) > LINES_OF_A_FUNCTION
    )


# Of a channel's own inside, cases knows the mail to colleagues and codes, and the form on its own portal page.
CASES_KNOWS = {"shouwen.channels.vendors.email", "shouwen.channels.vendors.web_form"}
VENDORS = {"wechat", "wecom", "wecom_kf", "sms", "webhook", "chat", "social", "letter", "fax", "ivr"}


def test_a_new_channel_needs_no_change_in_cases() -> None:
    mine = [one for one in room_modules() if one.room == "cases"]
    known = {
        f"{one.place} imports {name}"
        for one in mine
        for name, _line in one.imports()
        if name.startswith("shouwen.channels.vendors") and not name.startswith(tuple(CASES_KNOWS))
    }
    named = {
        f"{one.place}:{node.lineno} names {node.value}"
        for one in mine
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in VENDORS
    }
    nothing(sorted(known | named))


def test_no_module_is_a_drawer_for_everything() -> None:
    nothing(module.place for module in modules() if NO_NAMES & set(module.parts))


def test_every_room_stands_in_the_plan_of_floors() -> None:
    nothing(sorted({module.room for module in modules()} - {"__init__"} - set(floors())))


def test_every_room_says_what_it_is_for() -> None:
    doors = [module for module in modules() if module.parts[1:] == ("__init__",)]
    nothing(f"{module.place} has no docstring" for module in doors if not ast.get_docstring(module.tree))


def test_rules_and_events_import_only_the_standard_library_and_the_kernel() -> None:
    def allowed(module: Module, name: str) -> bool:
        own = tuple(f"shouwen.{module.room}.{layer}" for layer in ("rules", "events"))
        return name.partition(".")[0] in sys.stdlib_module_names or name.startswith(("shouwen.kernel", *own))

    nothing(
        f"{module.place}:{line} imports {name}"
        for module in room_modules("rules", "events")
        for name, line in module.imports()
        if not allowed(module, name)
    )


def test_rooms_get_the_time_from_the_one_door_to_the_clock() -> None:
    nothing(
        f"{module.place}:{line} calls {call}; take `at`, or shouwen.platform.access.now() in views and tasks"
        for module in [*room_modules(), *(m for m in modules() if m.room == "kernel" and not m.is_test)]
        for call, line in calls(module)
        if ".".join(call.split(".")[-2:]) in CLOCKS
    )


def test_no_room_reaches_behind_the_doors_of_another() -> None:
    def closed(module: Module, name: str) -> bool:
        parts = name.split(".")
        if len(parts) < 3 or parts[0] != "shouwen" or parts[1] not in floors():
            return False
        other, layer = parts[1], parts[2]
        return other != module.room and other not in {"platform", "kernel", "config"} and layer in CLOSED

    nothing(
        f"{module.place}:{line} imports {name}"
        for module in room_modules()
        for name, line in module.imports()
        if closed(module, name)
    )


def test_only_services_write() -> None:
    def writes(call: str) -> bool:
        *owner, verb = call.split(".")
        if verb == "update":
            return any(part in {"objects", "filter", "exclude", "all"} for part in owner)
        if verb in {"save", "delete"}:
            return owner[-1:] not in (["cache"], ["session"], ["storage"], ["router"])
        return verb in WRITES and "objects" in owner

    nothing(
        f"{module.place}:{line} writes: {call}"
        for module in room_modules()
        if module.room != "demo" and not MAY_WRITE & set(module.parts)
        for call, line in calls(module)
        if writes(call)
    )


def test_a_view_asks_no_table_and_catches_no_error() -> None:
    def faults(module: Module) -> Iterable[str]:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "objects":
                yield f"{module.place}:{node.lineno} asks a table"
            if isinstance(node, ast.Try):
                yield f"{module.place}:{node.lineno} catches an error; faults become pages by themselves"

    nothing(fault for module in room_modules("web", "api") for fault in faults(module))


def test_templates_look_only_down() -> None:
    def looks_up(room: str, other: str) -> bool:
        if other not in floors() or other == room:
            return False
        return floors()[other] >= floors()[room]

    nothing(
        f"{path.relative_to(ROOT)} looks at {name}"
        for path in templates()
        for name in LOOKS_AT.findall(path.read_text())
        if looks_up(path.relative_to(SOURCE).parts[0], name.split("/")[0])
    )


def test_templates_carry_no_script_and_no_style_of_their_own() -> None:
    """The content security policy would refuse them; a page must not find that out before we do."""
    own = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")"
    )
    nothing(
        f"{path.relative_to(ROOT)}:{number} {found.group(0).strip()}"
        for path in templates()
        if path.suffix == ".html" and "mail" not in path.stem
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (found := own.search(JINJA.sub("", line)))
    )


def test_nothing_is_left_to_do_in_the_source() -> None:
    promise = re.compile(r"\b(TODO|FIXME)\b|raise NotImplementedError(\(\))?$")
    nothing(
        f"{module.place}:{number} {line.strip()}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), 1)
        if promise.search(line)
    )
