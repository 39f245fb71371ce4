"""Live updates: server-sent events that say what changed; the browser fetches the part with its own rights.

Doors: publish (ephemeral), token; `app` is the ASGI part that config mounts under /live.
"""

from shouwen.platform.live.hub import publish
from shouwen.platform.live.tokens import token

__all__ = ["publish", "token"]
