"""Build hook: compile the translations, so that a wheel carries them ready to use."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        path = Path(self.root) / "tools" / "translations.py"
        spec = importlib.util.spec_from_file_location("shouwen_translations", path)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        # Dataclasses look their module up by name while it is being executed.
        import sys

        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        module.compile_all(Path(self.root) / "src" / "shouwen")
