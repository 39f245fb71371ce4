"""API kit: tokens with scopes, idempotency keys, key-set paging, problem+json, rate limits.

Doors: add_router, Strict, api_actor, needs_scope, page_out.
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
from shouwen.platform.apikit.pages import page_out

__all__ = [
    "Channel",
    "Out",
    "Strict",
    "add_router",
    "answer",
    "api_actor",
    "needs_scope",
    "page_out",
    "routers",
    "scope",
]
