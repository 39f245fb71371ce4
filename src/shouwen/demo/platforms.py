"""The platforms behind the demonstration company's lines: one small server on this machine that takes everything."""

import structlog

from shouwen.channels import queries
from shouwen.channels.vendors.standing_in import StandIn, port_of

log = structlog.get_logger(__name__)
PORT = 18790
ADDRESS = f"http://127.0.0.1:{PORT}"
_standing: list[StandIn] = []


def start() -> None:
    """Where a line leads to it. When something listens there already, that is the one."""
    if not any(account.active and port_of(account) == PORT for account in queries.lines()):
        return
    try:
        _standing.append(StandIn(PORT).start())
    except OSError as trouble:
        log.warning("the demonstration's platforms stand in another process", port=PORT, why=str(trouble))


def stop() -> None:
    while _standing:
        _standing.pop().stop()
