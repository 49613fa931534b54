"""``opentrm init``: a node's home folder, keys, database and first administrator. Nothing is overwritten."""

import argparse
import json
import os
import secrets
from pathlib import Path

from opentrm.kernel.errors import NotValid
from opentrm.protocol import load_profile
from opentrm.vault import KeyRing


def init(arguments: list[str]) -> None:
    """Make a node. Raises NotValid where there is one already."""
    given = _parser().parse_args(arguments)
    folder = Path(given.folder)
    if (folder / "node.toml").exists():
        raise NotValid(f"There is a node in {folder} already. Choose another folder; nothing was changed.")
    profile = load_profile(given.profile or given.country.lower())
    _write_home(folder, given, profile.id)
    os.environ["OPENTRM_HOME"] = str(folder)
    _make_database(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="opentrm init", description="Make a new node in a folder of its own.")
    parser.add_argument("folder", help="where the node's home will be; made if it is not there")
    parser.add_argument("--country", required=True, help="two letters, such as RS")
    parser.add_argument("--name", required=True, help="what partners and staff see, such as 'Serbia'")
    parser.add_argument("--id", default="", help="the node's id; the country in small letters unless given")
    parser.add_argument("--profile", default="", help="the profile to work by; the country's unless given")
    parser.add_argument("--port", type=int, default=8101)
    parser.add_argument("--url", default="", help="how browsers reach it; http://127.0.0.1:PORT unless given")
    parser.add_argument("--database", default="sqlite", help="sqlite, or postgresql://...")
    parser.add_argument("--administrator", default="administrator", help="sign-in name of the first administrator")
    parser.add_argument("--organisation", default="", help="the organisation that runs the node")
    parser.add_argument("--demo", action="store_true", help="invented people only; listens on this machine only")
    return parser


def _write_home(folder: Path, given: argparse.Namespace, profile: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    keys = folder / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    web = keys / "web.key"
    web.write_text(secrets.token_urlsafe(48))
    web.chmod(0o600)
    KeyRing.create(keys)
    url = given.url or f"http://127.0.0.1:{given.port}"
    lines = {
        "id": given.id or given.country.lower(), "country": given.country.upper(), "name": given.name,
        "profile": profile, "database": given.database, "host": "127.0.0.1", "port": given.port, "url": url,
        "peer_url": url, "demo": given.demo,
    }  # fmt: skip
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    (folder / "node.toml").write_text(text, encoding="utf-8")


def _make_database(given: argparse.Namespace) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from opentrm.accounts import actions
    from opentrm.audit.record import Machine
    from opentrm.node import current
    from opentrm.referrals import identity

    call_command("migrate", verbosity=0)
    identity.make()
    body = actions.add_organisation(given.organisation or given.name, actor=Machine("init"))
    _, token = actions.invite(given.administrator, "Administrator", body, ["administrator"], actor=Machine("init"))
    home = current.home()
    print(f"The node {home.id} is ready in {home.folder}.")
    print(f"One-time link of the first administrator, for 72 hours: {home.url}/link/{token}/")
    print(f"Start it with: OPENTRM_HOME={home.folder} opentrm serve   and   opentrm worker")
