"""Settings of the test session: the product's own, a throw-away data folder, the database asked for.

SHOUWEN_TEST_DATABASE=postgres runs everything on PostgreSQL: on SHOUWEN_DATABASE_URL when it is set, else
on a server out of a wheel that lives as long as the session. Worker processes of the session find the address
in the environment and start none of their own. This happens here, and not in conftest.py, because settings
are read before any conftest.
"""

import atexit
import os
import shutil
import tempfile

if "SHOUWEN_TEST_FOLDER" not in os.environ:
    _folder = os.environ["SHOUWEN_TEST_FOLDER"] = tempfile.mkdtemp(prefix="shouwen-tests-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
_data = os.environ["SHOUWEN_DATA_DIR"] = os.path.join(
    os.environ["SHOUWEN_TEST_FOLDER"], os.environ.get("PYTEST_XDIST_WORKER", "main")
)
os.makedirs(os.path.join(_data, "static"), exist_ok=True)
os.environ.setdefault("SHOUWEN_SECRET_KEY", "a key for tests only, never for an installation")

if os.environ.get("SHOUWEN_TEST_DATABASE") == "postgres":
    if not os.environ.get("SHOUWEN_DATABASE_URL"):
        from tests.servers.postgres import Postgres

        os.environ["SHOUWEN_DATABASE_URL"] = Postgres().start()
elif os.environ.get("SHOUWEN_TEST_DATABASE", "sqlite") == "sqlite":
    os.environ["SHOUWEN_DATABASE_URL"] = ""

from shouwen.config.settings import *  # noqa: E402, F403

# argon2 is slow on purpose; a test that is about it names its own hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as an installation has, and not memory: threads then meet the same locks as in real life.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_data, "test.sqlite3")}  # noqa: F405
    _options = DATABASES["default"]["OPTIONS"]  # noqa: F405
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
