"""Settings for the tests: a node home of their own in a temporary folder, made before Django looks."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="opentrm-test-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)
(folder / "keys").mkdir(mode=0o700)
(folder / "keys" / "web.key").write_text(secrets.token_urlsafe(48))
(folder / "node.toml").write_text(
    'id = "rs"\ncountry = "RS"\nname = "Test node Serbia"\nprofile = "rs"\ndatabase = "sqlite"\ndemo = true\n'
)
os.environ["OPENTRM_HOME"] = str(folder)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from opentrm.config.settings import *  # noqa: E402, F403
from opentrm.config.settings import DATABASES  # noqa: E402
from opentrm.vault import KeyRing  # noqa: E402

KeyRing.create(folder / "keys")

if url := os.environ.get("OPENTRM_TEST_DATABASE_URL"):
    from dataclasses import replace

    from opentrm.config.settings import HOME
    from opentrm.node.home import database_settings

    DATABASES["default"] = {**database_settings(replace(HOME, database=url)), "CONN_MAX_AGE": 0}

# Argon2 would take most of the suite's time; sign-in itself is tested with the real hasher.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "django.contrib.auth.hashers.Argon2PasswordHasher"]
