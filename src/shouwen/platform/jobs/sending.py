"""Whether there is a broker, and this process's way to it. Without SHOUWEN_BROKER_URL nothing is imported."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.conf import settings

from shouwen.kernel.errors import Refused
from shouwen.platform.jobs import services

if TYPE_CHECKING:
    from shouwen.platform.jobs.broker import Broker

EXTRA = "{} is set, but what it needs is not installed: pip install 'shouwen[scale]'"
_broker: "Broker | None" = None


def check() -> None:
    """At the start: Refused, with a sentence, when what the settings ask for is not there."""
    if settings.REDIS_URL and find_spec("redis") is None:
        raise Refused(EXTRA.format("SHOUWEN_REDIS_URL"))
    if settings.BROKER_URL:
        if find_spec("celery") is None:
            raise Refused(EXTRA.format("SHOUWEN_BROKER_URL"))
        from shouwen.platform.jobs.broker import Broker

        Broker(settings.BROKER_URL).reach()


def start() -> "Broker | None":
    """This process's broker, which sends from now on; None where there is none. Twice changes nothing."""
    global _broker  # noqa: PLW0603
    if _broker is None and settings.BROKER_URL:
        from shouwen.platform.jobs.broker import Broker

        _broker = Broker(settings.BROKER_URL)
        _broker.start()
        services.send_with(_broker.send)
    return _broker


def stop() -> None:
    global _broker
    services.send_with()
    ending, _broker = _broker, None
    if ending is not None:
        ending.stop()


def broker() -> "Broker | None":
    return _broker


def delivers() -> bool:
    """Whether the numbers of jobs come by a broker just now."""
    return (known := _broker) is not None and known.reachable
