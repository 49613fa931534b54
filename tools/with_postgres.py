"""Run a command with OPENTRM_TEST_DATABASE_URL set: the one given, or that of a throwaway cluster.

Exit code 3 when there is neither.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def binaries() -> Path | None:
    """The newest PostgreSQL server binaries on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).parent if initdb else None


def throwaway(command: list[str]) -> int:
    """Start a cluster on a socket of its own, run the command, and remove it."""
    where = binaries()
    if where is None:
        print("No PostgreSQL here: set OPENTRM_TEST_DATABASE_URL, or install one (Debian: apt-get install postgresql).")
        return 3
    folder = Path(tempfile.mkdtemp(prefix="opentrm-pg-"))
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    run = [*as_owner, str(where / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
    try:
        subprocess.run(
            [
                *as_owner,
                str(where / "initdb"),
                "-D",
                str(folder / "data"),
                "-A",
                "trust",
                "-U",
                "opentrm",
                "-E",
                "UTF8",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        flags = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c port=54329"
        subprocess.run([*run, "-o", flags, "-l", str(folder / "log"), "start"], check=True, cwd=folder)
        url = f"postgresql://opentrm@{str(folder).replace('/', '%2F')}:54329/postgres"
        return subprocess.run(command, env={**os.environ, "OPENTRM_TEST_DATABASE_URL": url}, check=False).returncode
    finally:
        subprocess.run([*run, "-m", "immediate", "stop"], check=False, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if os.environ.get("OPENTRM_TEST_DATABASE_URL"):
        raise SystemExit(subprocess.run(sys.argv[1:], check=False).returncode)
    raise SystemExit(throwaway(sys.argv[1:]))
