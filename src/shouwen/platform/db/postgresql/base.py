"""The engine named in DATABASES."""

import select
from time import monotonic
from typing import Any

from django.db.backends.postgresql import base

IDLE_SECONDS = 20.0  # after so long a firewall between may have forgotten the connection without a word


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks `SELECT 1` before each request. A server that ends a connection says so on its socket, and
    there an idle one has nothing to say: a look at the socket finds that at no cost. Only where there is something
    to read, or nobody has used the connection for a while, the server is asked."""

    health_check_enabled: bool
    health_check_done: bool
    _used_at = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._used_at = monotonic()
        return super().get_new_connection(conn_params)

    def close_if_health_check_failed(self) -> None:
        moment = monotonic()
        if self.connection is not None and self.health_check_enabled and not self.health_check_done:
            self.health_check_done = moment - self._used_at < IDLE_SECONDS and _silent(self.connection)
        self._used_at = moment
        super().close_if_health_check_failed()


def _silent(connection: Any) -> bool:
    """Whether nothing came in on the connection since its last answer."""
    try:
        look = select.poll()
        look.register(connection.fileno(), select.POLLIN | select.POLLPRI)
        return not look.poll(0)
    except Exception:  # a closed connection has no socket; the server is asked then
        return False
