"""Exim, the SMTP server Debian ships by default, from a folder of its own.

It accepts mail for any address on loopback and hands it on by LMTP to the port it is told (Dovecot's), as a
provider's server would; without one it files everything in one Maildir-like folder. Addresses can be told to
misbehave by their local part, which is how a test meets a full mailbox or a grey-listing server:

    refused@…    550 at RCPT, for good          later@…   451 at RCPT, for now
    unwanted@…   550 after the message was read

`AUTH PLAIN` and `LOGIN` take USER and PASSWORD. Nothing leaves the machine: no route goes anywhere else.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tests.servers.ports import answers, free_port, wait_until

BINARY = shutil.which("exim4", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
USER, PASSWORD = "desk", "desk-password"

CONFIGURATION = """
primary_hostname = mail.test
spool_directory = {home}/spool
log_file_path = {home}/log/%s
pid_file_path = {home}/exim.pid
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
{owner}
domainlist everything = *
acl_smtp_rcpt = recipient
acl_smtp_data = message
accept_8bitmime
smtputf8_advertise_hosts = *
prdr_enable = false
message_size_limit = 60M
recipients_max = 1000
smtp_accept_max = 50
smtp_accept_max_per_connection = 1000
tls_advertise_hosts =
host_lookup =
rfc1413_query_timeout = 0s
never_users =
bounce_return_size_limit = 20K
queue_run_in_order
delay_warning =
keep_environment =

begin acl
recipient:
  deny    local_parts = refused
          message = 5.1.1 There is no such mailbox
  defer   local_parts = later
          message = 4.2.0 Grey-listed, try again later
  accept
message:
  deny    condition = ${{if match{{$recipients}}{{unwanted@}}}}
          message = 5.7.1 This message is not wanted here
  accept

begin routers
everywhere:
  driver = manualroute
  domains = *
  transport = {transport}
  route_list = * 127.0.0.1
  self = send

begin transports
lmtp:
  driver = smtp
  protocol = lmtp
  port = {lmtp_port}
  hosts_override
  hosts_try_fastopen =
files:
  driver = appendfile
  directory = {home}/arrived
  maildir_format
  {files_owner}
  return_path_add
  envelope_to_add

begin retry
*  *  F,1h,5s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_advertise_condition = true
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = ${{if and{{{{eq{{$auth1}}{{{user}}}}}{{eq{{$auth2}}{{{password}}}}}}}}}
  server_advertise_condition = true
  server_set_id = $auth1
"""


class Exim:
    """`with Exim(lmtp_port=dovecot.lmtp_port) as server:` then talk SMTP to `server.port`."""

    host = "127.0.0.1"
    user, password = USER, PASSWORD

    def __init__(self, lmtp_port: int | None = None) -> None:
        self.lmtp_port = lmtp_port
        self.port = free_port()
        self.home = Path(tempfile.mkdtemp(prefix="exim-", dir="/tmp"))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Exim":
        self.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def start(self) -> None:
        for folder in ("spool", "log", "arrived"):
            (self.home / folder).mkdir(exist_ok=True)
        configuration = self.home / "exim.conf"
        configuration.write_text(self._configuration())
        configuration.chmod(0o644)
        command = [str(BINARY), "-C", str(configuration), "-bdf", "-q2s"]
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=(self.home / "stderr").open("wb"),
            start_new_session=True,
        )
        try:
            wait_until(lambda: answers(self.port), seconds=60, what="Exim")
        except TimeoutError as error:
            self.stop()
            raise TimeoutError(f"{error}: {(self.home / 'stderr').read_text()} {self.log()}") from None

    def stop(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(10)
            self._process = None

    def arrived(self) -> list[bytes]:
        """Raw messages that came through, oldest first (only without an LMTP port)."""
        files = (self.home / "arrived" / "new").glob("*")
        return [path.read_bytes() for path in sorted(files, key=lambda path: path.stat().st_mtime_ns)]

    def log(self) -> str:
        """Everything Exim logged: what it accepted, refused, deferred and delivered."""
        return "".join(path.read_text() for path in sorted((self.home / "log").glob("*")))

    def _configuration(self) -> str:
        return CONFIGURATION.format(
            home=self.home,
            port=self.port,
            owner=self._owner(),
            files_owner=self._owner().replace("exim_", "").replace("_name", ""),
            transport="lmtp" if self.lmtp_port else "files",
            lmtp_port=self.lmtp_port or 24,
            user=USER,
            password=PASSWORD,
        )

    def _owner(self) -> str:
        """Started by root, Exim drops to its own user and the folder must be that user's; else it is ours."""
        name = "Debian-exim" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        entry = pwd.getpwnam(name)
        if os.geteuid() == 0:
            for path in (self.home, *self.home.rglob("*")):
                os.chown(path, entry.pw_uid, entry.pw_gid)
        return f"exim_user = {entry.pw_uid}\nexim_group = {entry.pw_gid}"
