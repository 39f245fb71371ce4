"""Live updates: server-sent events that say what changed; the browser fetches the part with its own rights.

Doors: publish (ephemeral), publish_row (of a row that is in no event), token; `app` is the ASGI part that config
mounts under /live.
"""

from shouwen.platform.live.hub import publish, publish_row
from shouwen.platform.live.tokens import token

__all__ = ["publish", "publish_row", "token"]
