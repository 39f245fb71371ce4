"""Structured logs: one line per fact, JSON when nobody watches, coloured when somebody does."""

import logging
import sys
from typing import Any

import structlog


def a_refusal_is_one_line(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A request that Django refuses for what it holds is the sender's fault: no traceback of ours, no alarm."""
    if str(event.get("logger", "")).startswith("django.security."):
        event.pop("exc_info", None)
        event["level"] = "warning"
    return event


def configure(options: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG. `options` = {"level": "INFO"}."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        a_refusal_is_one_line,
        structlog.processors.format_exc_info,
    ]
    renderer: Any = (
        structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(options.get("level", "INFO"))
    for quiet in ("uvicorn.access", "httpx", "axes", "django.request", "django.server", "mail.log"):
        logging.getLogger(quiet).setLevel(logging.ERROR)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
