"""Where the shared bodies of real mail lie, seen from a test."""

import os
from functools import cache
from pathlib import Path

import pytest


def mikel_folder() -> Path:
    """The shared messages beside the repository; the test says so in one line where they are missing."""
    for parent in Path(__file__).resolve().parents:
        folder = parent.parent / "shared" / "data" / "mail" / "mikel"
        if folder.is_dir():
            return folder
    pytest.skip("shared mail corpus ../shared/data/mail/mikel is not here")


def mikel(name: str) -> bytes:
    return next(mikel_folder().glob(f"*/{name}.eml")).read_bytes()


@cache
def stdlib_folder() -> Path:
    """Mail that comes with Python's own tests; Debian packs it apart."""
    try:
        import test.test_email as suite
    except ImportError:
        pytest.skip("Python's own test_email data is not installed")
    return Path(os.path.dirname(suite.__file__)) / "data"
