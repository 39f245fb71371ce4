"""API kit: tokens with scopes, idempotency keys, key-set paging, problem+json, rate limits.

Doors: add_router, Strict, api_actor, needs_scope, Cursor.
"""

from shouwen.platform.apikit.kit import (
    Channel,
    Out,
    Strict,
    add_router,
    answer,
    api_actor,
    needs_scope,
    routers,
    scope,
)

__all__ = ["Channel", "Out", "Strict", "add_router", "answer", "api_actor", "needs_scope", "routers", "scope"]
