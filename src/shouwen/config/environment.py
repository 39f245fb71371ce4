"""What the environment says. Every variable starts with SHOUWEN_ and has a default that needs nothing installed."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

DATA_DIR = Path(os.environ.get("SHOUWEN_DATA_DIR", "data")).resolve()
DATABASE_URL = os.environ.get("SHOUWEN_DATABASE_URL", "")
BROKER_URL = os.environ.get("SHOUWEN_BROKER_URL", "")
MACHINE_KEY = os.environ.get("SHOUWEN_MACHINE_KEY", "")
REDIS_URL = os.environ.get("SHOUWEN_REDIS_URL", "")
PUBLIC_URL = os.environ.get("SHOUWEN_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = [h.strip() for h in os.environ.get("SHOUWEN_ALLOWED_HOSTS", "").split(",") if h.strip()]
DEBUG = os.environ.get("SHOUWEN_DEBUG", "") == "1"
# one line in the log for each answer
ACCESS_LOG = os.environ.get("SHOUWEN_ACCESS_LOG", "") == "1"
# who sends it as a bearer token may read the figures from another machine
API_RATE = os.environ.get("SHOUWEN_API_RATE", "200")
METRICS_TOKEN = os.environ.get("SHOUWEN_METRICS_TOKEN", "")
# several processes serve pages (`shouwen web`)
SHARED = os.environ.get("SHOUWEN_SHARED", "") == "1"


def secret_key() -> str:
    """SHOUWEN_SECRET_KEY, or one made once and kept in the data folder (readable by its owner only)."""
    given = os.environ.get("SHOUWEN_SECRET_KEY", "")
    if given:
        return given
    path = DATA_DIR / "secret.key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(f".{os.getpid()}")
        made.write_text(secrets.token_urlsafe(50))
        made.chmod(0o600)
        try:
            # link, not rename: when two processes start at once the first key stays
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text().strip()


def _postgres(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    options: dict[str, object] = {}
    for pair in parts.query.split("&"):
        if "=" in pair:
            key, value = pair.split("=", 1)
            options[key] = unquote(value)
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "shouwen.platform.db.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "shouwen",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # prepared on the server after five uses: a hot page plans its queries once
        "OPTIONS": {**options, "prepare_threshold": 5},
        "TEST": {"NAME": os.environ.get("SHOUWEN_TEST_DATABASE_NAME") or None},
    }


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: a transaction that will write takes the one writer's place at its start, so
            # two never read first and then find that the other has written (SQLITE_BUSY without wait)
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                # every thread has a connection, and each one's mapping counts as memory of the process
                "PRAGMA cache_size=-4000; PRAGMA mmap_size=8388608; PRAGMA temp_store=MEMORY;"
                # what is erased is overwritten, not only forgotten
                "PRAGMA secure_delete=ON;"
            ),
        },
    }


def database() -> dict[str, object]:
    """Django's DATABASES["default"] for SHOUWEN_DATABASE_URL; a file in the data folder without it."""
    if DATABASE_URL.startswith(("postgres://", "postgresql://")):
        return _postgres(DATABASE_URL)
    if DATABASE_URL.startswith("sqlite:///"):
        return _sqlite(Path(DATABASE_URL.removeprefix("sqlite:///")))
    if DATABASE_URL:
        raise SystemExit("SHOUWEN_DATABASE_URL must start with postgresql:// or sqlite:///")
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    return _sqlite(DATA_DIR / "shouwen.sqlite3")
