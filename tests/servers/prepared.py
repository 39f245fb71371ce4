"""What `shouwen migrate` makes of nothing, made once in a session and then copied.

The session's workers share it: the first that needs it makes it, the others wait for the lock and copy.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path


def on_postgres() -> bool:
    return os.environ.get("SHOUWEN_TEST_DATABASE") == "postgres"


def copy_into(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Fill an empty data folder; gives what the environment has to say of its database."""
    shared = Path(os.environ["SHOUWEN_TEST_FOLDER"]) / "prepared"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        source = shared / "installation"
        done = shared / "database"  # written last; says which database goes with the folder
        if not done.exists():
            shutil.rmtree(source, ignore_errors=True)
            source.mkdir()
            database = new_database() if on_postgres() else ""
            _migrate(source, {**environment, **address_of(database)})
            done.write_text(database)
        shutil.copytree(source, folder, dirs_exist_ok=True)
        # A database in use can be no template: nobody ever connects to this one again.
        return address_of(new_database(done.read_text())) if on_postgres() else {}


def _migrate(folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "shouwen.config.command", "migrate", "--data", str(folder)]
    environment = {**environment, "SHOUWEN_DATA_DIR": str(folder)}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def new_database(template: str = "template1") -> str:
    """The name of a new database on the session's PostgreSQL, empty or a copy of `template`."""
    import psycopg

    name = f"installation_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(os.environ["SHOUWEN_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[call-overload]
    return name


def address_of(database: str) -> dict[str, str]:
    """How a process is told of that database; of none, it uses the one in its data folder."""
    if not database:
        return {}
    head, _, query = os.environ["SHOUWEN_DATABASE_URL"].partition("?")
    return {"SHOUWEN_DATABASE_URL": f"{head.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")}
