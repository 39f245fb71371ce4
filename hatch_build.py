"""Build hook: compile the translations, so that a wheel carries them ready to use."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]
    """`tools/` is no package, so the compiler is loaded from its file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        path = Path(self.root) / "tools" / "translations.py"
        spec = importlib.util.spec_from_file_location("shouwen_translations", path)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(path)
        module = importlib.util.module_from_spec(spec)
        # Dataclasses look their module up by name while it is being executed.
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        module.compile_all(Path(self.root) / "src" / "shouwen")
