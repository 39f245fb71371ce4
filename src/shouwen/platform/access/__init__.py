"""Who acts, and what they may. Doors: Actor, SYSTEM, ANONYMOUS, customer_actor, actor_of, ensure, require, now,
permissions, needs, staff_only, public.
"""

from shouwen.platform.access import permissions
from shouwen.platform.access.actors import ANONYMOUS, SYSTEM, Actor, customer_actor
from shouwen.platform.access.clock import now
from shouwen.platform.access.gates import actor_of, ensure, needs, public, require, staff_only

__all__ = [
    "ANONYMOUS",
    "SYSTEM",
    "Actor",
    "actor_of",
    "customer_actor",
    "ensure",
    "needs",
    "now",
    "permissions",
    "public",
    "require",
    "staff_only",
]
