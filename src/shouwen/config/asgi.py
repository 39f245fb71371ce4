"""One ASGI application: /live native, everything else Django's WSGI handler on a bounded thread pool.

Django's own ASGI handler pays a thread hop per middleware; the bridge pays one per request.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import django

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from starlette.applications import Starlette  # noqa: E402
from starlette.routing import Mount  # noqa: E402

from shouwen.config.bridge import Bridge, Receive, Scope, Send  # noqa: E402
from shouwen.platform.live.app import app as live_app  # noqa: E402
from shouwen.platform.live.hub import hub  # noqa: E402

WEB_THREADS = int(os.environ.get("SHOUWEN_WEB_THREADS", "8"))


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    hub.start()
    yield
    hub.stop()


_live = Starlette(routes=[Mount("/live", app=live_app)], lifespan=_lifespan)
_pages = Bridge(get_wsgi_application(), WEB_THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http" and not scope["path"].startswith("/live/"):
        await _pages(scope, receive, send)
    else:
        await _live(scope, receive, send)
