"""Search: one analyser in Python, one index a kind in the database (FTS5 or tsvector), newest first.

Doors: register, Doc, services.index, services.remove, queries.find.
"""

from shouwen.platform.search.registry import Doc, register

__all__ = ["Doc", "register"]
