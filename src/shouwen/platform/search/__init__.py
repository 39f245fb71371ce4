"""Search: one analyser in Python, one index a kind in the database (FTS5 or tsvector), newest first.

Doors: register, register_all, Doc, services.index, services.remove, queries.find.
"""

from shouwen.platform.search.registry import Doc, register, register_all

__all__ = ["Doc", "register", "register_all"]
