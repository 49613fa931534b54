"""The home folder of a node: everything that makes it itself, and nothing of it in the database.

node.toml      who it is, which profile, which database, where it listens
keys/          node keys, index key, web key; never in the database or its backups
journal.jsonl  what must survive a restore: withdrawals, erasures, destroyed keys
db.sqlite3     the embedded database, unless node.toml names PostgreSQL
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from opentrm.kernel.errors import NotValid


@dataclass(frozen=True)
class Home:
    """A node's home folder, read once at start."""

    folder: Path
    id: str
    country: str
    name: str
    profile: str
    database: str
    host: str
    port: int
    url: str
    peer_url: str
    demo: bool
    language: str

    @property
    def keys(self) -> Path:
        """Where the key files lie (mode 0700)."""
        return self.folder / "keys"

    @property
    def journal(self) -> Path:
        """The append-only file that no restore may replace."""
        return self.folder / "journal.jsonl"

    @property
    def federation(self) -> Path:
        """Where this node's own wire keys and its signed statement lie."""
        return self.keys / "federation"

    def web_key(self) -> str:
        """Django's signing key for sessions and one-time links."""
        return (self.keys / "web.key").read_text().strip()


def read_home(folder: Path | None = None) -> Home:
    """Read ``node.toml`` of the folder given, or of the one OPENTRM_HOME names.

    Raises NotValid with the way on when there is no home there.
    """
    folder = folder or Path(os.environ.get("OPENTRM_HOME", "home"))
    file = folder / "node.toml"
    if not file.is_file():
        raise NotValid(
            f"There is no node in {folder}. Make one with `opentrm init`, or set OPENTRM_HOME to its folder."
        )
    given = tomllib.loads(file.read_text(encoding="utf-8"))
    return Home(
        folder=folder.resolve(),
        id=given["id"],
        country=given["country"],
        name=given["name"],
        profile=given.get("profile", given["country"].lower()),
        database=os.environ.get("OPENTRM_DATABASE_URL") or given.get("database", "sqlite"),
        host=given.get("host", "127.0.0.1"),
        port=int(given.get("port", 8101)),
        url=given.get("url", "http://127.0.0.1:8101"),
        peer_url=given.get("peer_url", ""),
        demo=bool(given.get("demo", False)),
        language=given.get("language", "en"),
    )


def database_settings(home: Home) -> dict[str, object]:
    """Django's description of the node's database.

    SQLite runs in WAL mode with FULL sync and IMMEDIATE transactions (design decision 15): one writer at a
    time, nothing lost after commit, freed pages overwritten.
    """
    if home.database == "sqlite":
        return sqlite(str(home.folder / "db.sqlite3"))
    if home.database.startswith("sqlite:///"):
        return sqlite(home.database.removeprefix("sqlite:///"))
    return postgresql(home.database)


def postgresql(address: str) -> dict[str, object]:
    """Django's description of a PostgreSQL database by its address."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql"):
        raise NotValid("The database in node.toml must be `sqlite` or start with `postgresql://`.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def sqlite(name: str) -> dict[str, object]:
    """Django's description of a SQLite file."""
    pragmas = (
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }
