"""Scripts, styles and pictures: under an address that names this version, kept by browsers for good.

`/static/<version>/platform/js/main.js`: modules import each other by relative addresses, so the whole
version moves together and no file has to be rewritten or collected.
"""

import hashlib
import re
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

PREFIX = "/static/"
DIGITS = 10
STAMP = re.compile(rf"^{PREFIX}(?:[0-9a-f]{{{DIGITS}}}/)?")
IMMUTABLE = rf"^{PREFIX}[0-9a-f]{{{DIGITS}}}/"


def version(folders: Iterable[Path], packages: Iterable[str] = ()) -> str:
    """Ten hex digits that change when a file in `folders` or the version of one of `packages` does."""
    digest = hashlib.sha256()
    for name in packages:
        try:
            digest.update(f"{name} {version_of(name)}\n".encode())
        except PackageNotFoundError:
            continue
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:DIGITS]
