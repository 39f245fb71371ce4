"""The source as the house rules see it: which file belongs to which room, on which floor, at which layer."""

import ast
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "shouwen"
GROUND = {"config", "platform", "kernel"}  # floors that are no rooms


@lru_cache(maxsize=1)
def floors() -> dict[str, int]:
    """Every package of the plan with its floor, the kernel lowest at 0: read from the import contract."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return {
        name.strip(" ()"): floor for floor, layer in enumerate(reversed(layers)) for name in layer.split("|")
    }


@dataclass(frozen=True)
class Module:
    """One Python file under src/shouwen."""

    path: Path

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(SOURCE).with_suffix("").parts

    @property
    def room(self) -> str:
        return self.parts[0]

    @property
    def layer(self) -> str:
        """`services` for cases/services/assigning.py; the file's own name right under the room."""
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def name(self) -> str:
        return ".".join(("shouwen", *self.parts)).removesuffix(".__init__")

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts

    @property
    def is_room(self) -> bool:
        return self.room not in GROUND and not self.room.startswith("__")

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    def imports(self) -> list[tuple[str, int]]:
        """Every import by full name with its line: also inside functions, but not what is for types only."""
        only_types = {
            id(node)
            for guard in ast.walk(self.tree)
            if isinstance(guard, ast.If) and "TYPE_CHECKING" in ast.dump(guard.test)
            for node in ast.walk(guard)
        }
        found = []
        for node in ast.walk(self.tree):
            if id(node) in only_types:
                continue
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                found += [(f"{base}.{alias.name}", node.lineno) for alias in node.names]
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.name == "__init__.py" else self.name.split(".")[:-1]
        return ".".join([*package[: len(package) - node.level + 1], node.module or ""]).rstrip(".")


@lru_cache(maxsize=1)
def modules() -> list[Module]:
    """Every Python file of the product without migrations, in a stable order."""
    return [Module(path) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def room_modules(*layers: str) -> list[Module]:
    """Modules of rooms, without their tests; of the named layers only when some are named."""
    return [
        module
        for module in modules()
        if module.is_room and not module.is_test and (not layers or module.layer in layers)
    ]


def templates() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("templates/**/*")) if path.is_file()]


def own_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body. Its docstring and its parameters, often one a line, are no reading load."""
    body = function.body
    first = body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if documented and isinstance(first.value.value, str):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def dotted(node: ast.expr) -> str:
    """`Case.objects.filter().update` as text: names and attributes with calls and subscripts left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return node.id if isinstance(node, ast.Name) else "?"
