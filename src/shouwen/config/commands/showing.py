"""A worker has no pages; with --port it still says that it lives and works, and shows its figures."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import connection

PLAIN = "text/plain; version=0.0.4; charset=utf-8"


def _answer(path: str) -> tuple[int, str, str]:
    from shouwen.config import figures, readiness

    if path == "/health/live":
        return 200, "text/plain", "ok"
    if path == "/health/ready":
        status, told = readiness.look()
        return status, "application/json", json.dumps(told)
    if path == "/metrics":
        return 200, PLAIN, figures.text()
    return 404, "text/plain", "not found"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        try:
            status, kind, text = _answer(self.path)
        finally:
            connection.close()
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Asked every few seconds: not worth a line."""


def start(host: str, port: int) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer((host, port), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
