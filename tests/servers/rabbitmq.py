"""RabbitMQ from Debian's package: one node in a folder of its own, everything on loopback, ports of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tests.servers.ports import answers, free_port, wait_until

BINARY = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # the one in PATH changes to a user of its own
CONFIGURATION = """
listeners.tcp.default = 127.0.0.1:{port}
loopback_users = none
log.file = false
log.console = true
log.console.level = warning
disk_free_limit.absolute = 10MB
queue_index_embed_msgs_below = 4096
"""


class RabbitMQ:
    """`with RabbitMQ() as server:` then `server.url`. Killed and started again it has what it had."""

    def __init__(self) -> None:
        self.port, self._names_port, self._node_port = free_port(), free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.home = Path(tempfile.mkdtemp(prefix="rabbitmq-", dir="/tmp"))
        (self.home / "rabbitmq.conf").write_text(CONFIGURATION.format(port=self.port))
        (self.home / "plugins").write_text("[].")
        self._names: subprocess.Popen[bytes] | None = None
        self._node: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "RabbitMQ":
        self.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.kill()
        if self._names is not None:
            self._names.kill()
            self._names.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self) -> None:
        """Until it answers: some seconds of work for one processor."""
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "RABBITMQ_NODENAME": f"shouwen{self.port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(self.home / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.home),
            "RABBITMQ_CONFIG_FILE": str(self.home / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.home / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_PID_FILE": str(self.home / "pid"),
            "RABBITMQ_DIST_PORT": str(self._node_port),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "+S 1:1 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}"
            ),
            "ERL_EPMD_PORT": str(self._names_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
        }
        if self._names is None:
            names = ["epmd", "-port", str(self._names_port), "-address", "127.0.0.1"]
            self._names = subprocess.Popen(names, env=environment)
            wait_until(lambda: answers(self._names_port), seconds=60, what="RabbitMQ's register of names")
        with (self.home / "log").open("ab") as log:
            self._node = subprocess.Popen(
                [BINARY], env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        try:
            wait_until(lambda: answers(self.port), seconds=90, what="RabbitMQ")
        except TimeoutError as error:
            raise RuntimeError(f"{error}; it said:\n{(self.home / 'log').read_text()[-3000:]}") from None

    def kill(self) -> None:
        """As a power cut does."""
        if self._node is not None:
            os.killpg(self._node.pid, signal.SIGKILL)
            self._node.wait()
            self._node = None
