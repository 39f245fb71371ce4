"""A real Dovecot on loopback, with its own folder, users and ports; gone when the test is over.

Works for any user. As root, Dovecot insists on handing mail to somebody else: then the mail belongs to
"nobody".
"""

import contextlib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from imap_tools.mailbox import MailBoxUnencrypted

from shouwen.platform.mail.connection import Security, Server

USER, PASSWORD = "desk@demo.example", "demo-password"
MISSING = "Dovecot is not installed (Debian: apt-get install dovecot-imapd)"


@dataclass(frozen=True)
class Dovecot:
    """Connection data of the running server, and a postman to put mail into it."""

    folder: Path
    port: int
    tls_port: int
    certificate: Path

    def server(self, security: Security = Security.PLAIN, **changes: object) -> Server:
        values: dict[str, object] = {
            "host": "localhost" if security is not Security.PLAIN else "127.0.0.1",
            "port": self.tls_port if security is Security.SSL else self.port,
            "security": security,
            "username": USER,
            "password": PASSWORD,
            "timeout": 10.0,
            "ca_file": str(self.certificate) if security is not Security.PLAIN else "",
        }
        return Server(**(values | changes))  # type: ignore[arg-type]

    def append(self, raw: bytes | EmailMessage, folder: str = "INBOX") -> None:
        """Put a message into the mailbox, unread, over a connection of its own."""
        with self.box() as box:
            box.append(raw if isinstance(raw, bytes) else raw.as_bytes(), folder, flag_set=None)

    def box(self) -> MailBoxUnencrypted:
        """A connection as the mailbox's owner has it, to look at flags and folders."""
        return MailBoxUnencrypted("127.0.0.1", self.port, timeout=10).login(USER, PASSWORD)

    def count_anew(self) -> None:
        """Give the inbox another UIDVALIDITY, as a restored or rebuilt mailbox has."""
        for path in self.folder.glob("mail/**/dovecot*"):
            if path.is_file():
                path.unlink()
        for path in self.folder.glob("mail/**/dovecot-uid*"):
            path.unlink(missing_ok=True)
        time.sleep(1.1)  # a new UIDVALIDITY is the time in seconds


def installed() -> bool:
    return shutil.which("dovecot") is not None or Path("/usr/sbin/dovecot").exists()


@contextlib.contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A running server.

    Raises where the continuous integration lacks it; callers elsewhere ask `installed()`.
    """
    if not installed():
        raise RuntimeError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    running = Dovecot(folder, _free_port(), _free_port(), folder / "cert.pem")
    _make_certificate(folder)
    config = folder / "dovecot.conf"
    config.write_text(_config(running))
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n")
    _own(folder)
    command = [_binary(), "-F", "-c", str(config)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603 - our own
    try:
        _await(running, process)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _binary() -> str:
    return shutil.which("dovecot") or "/usr/sbin/dovecot"


def version() -> tuple[int, int]:
    command = [_binary(), "--version"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own
    major, minor = answer.split()[0].split(".")[:2]
    return int(major), int(minor)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _mail_owner() -> str:
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _own(folder: Path) -> None:
    (folder / "mail").mkdir()
    if os.geteuid() == 0:
        owner = pwd.getpwnam(_mail_owner())
        os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)


def _make_certificate(folder: Path) -> None:
    """A certificate for "localhost", so that encryption is tested with checking switched on."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    certificate = builder.sign(key, hashes.SHA256())
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(secret)
    ssl.create_default_context(cafile=str(folder / "cert.pem"))


def _config(running: Dovecot) -> str:
    """The smallest configuration that works; 2.4 renamed most of it."""
    newer = version() >= (2, 4)
    base, owner = running.folder, _mail_owner()
    group = pwd.getpwnam(owner).pw_gid
    import grp

    group_name = grp.getgrgid(group).gr_name
    inner = owner if os.geteuid() != 0 else None
    lines = [
        *(["dovecot_config_version = 2.4.0", "dovecot_storage_version = 2.4.0"] if newer else []),
        "protocols = imap",
        "listen = 127.0.0.1",
        f"base_dir = {base}/run",
        f"state_dir = {base}/run",
        f"log_path = {base}/log",
        f"mail_uid = {owner}",
        f"mail_gid = {group_name}",
        "first_valid_uid = 1",
        "first_valid_gid = 1",
        "ssl = yes",
        *_tls_lines(base, newer=newer),
        *(["auth_allow_cleartext = yes"] if newer else ["disable_plaintext_auth = no"]),
        *([f"default_internal_user = {inner}", f"default_login_user = {inner}"] if inner else []),
        *([f"default_internal_group = {group_name}"] if inner else []),
        *_mail_lines(base, newer=newer),
        f"service imap-login {{\n  {'chroot =' if inner else ''}\n  inet_listener imap {{\n    port = {running.port}\n  }}\n"
        f"  inet_listener imaps {{\n    port = {running.tls_port}\n    ssl = yes\n  }}\n}}",
        *(["service anvil {\n  chroot =\n}", "service stats {\n  chroot =\n}"] if inner else []),
    ]
    return "\n".join(lines) + "\n"


def _tls_lines(base: Path, *, newer: bool) -> list[str]:
    if newer:
        return [f"ssl_server_cert_file = {base}/cert.pem", f"ssl_server_key_file = {base}/key.pem"]
    return [f"ssl_cert = <{base}/cert.pem", f"ssl_key = <{base}/key.pem"]


def _mail_lines(base: Path, *, newer: bool) -> list[str]:
    if newer:
        return [
            "mail_driver = maildir",
            f"mail_path = {base}/mail/%{{user}}",
            f"mail_home = {base}/mail/home/%{{user}}",
            f"passdb passwd-file {{\n  passwd_file_path = {base}/users\n  default_password_scheme = plain\n}}",
            f"userdb static {{\n  fields {{\n    home = {base}/mail/home/%{{user}}\n  }}\n}}",
            "namespace inbox {\n  inbox = yes\n}",
        ]
    return [
        f"mail_location = maildir:{base}/mail/%u",
        f"passdb {{\n  driver = passwd-file\n  args = {base}/users\n}}",
        f"userdb {{\n  driver = static\n  args = home={base}/mail/home/%u\n}}",
        "namespace inbox {\n  inbox = yes\n}",
    ]


def _await(running: Dovecot, process: subprocess.Popen[bytes]) -> None:
    """Until it answers; if it ends instead, with what it said."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if process.poll() is not None:
            said = process.stderr.read().decode(errors="replace") if process.stderr else ""
            raise RuntimeError(f"Dovecot ended at once: {said[-2000:]}{_log(running)}")
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", running.port), timeout=1) as probe,
        ):
            if probe.recv(100).startswith(b"* OK"):
                return
        time.sleep(0.05)
    raise RuntimeError(f"Dovecot does not answer: {_log(running)}")


def _log(running: Dovecot) -> str:
    path = running.folder / "log"
    return path.read_text(errors="replace")[-2000:] if path.exists() else ""
