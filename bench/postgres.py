"""A throwaway PostgreSQL cluster for the run."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import geteuid
from pathlib import Path

from tools.with_postgres import binaries

PORT = 54331


@contextmanager
def cluster() -> Iterator[Callable[[str], str]]:
    """Gives a function that makes a database and returns its address. fsync stays on: it is part of the cost."""
    where = binaries()
    if where is None:
        raise SystemExit("The bench needs PostgreSQL's server programs (on Debian: apt-get install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="opentrm-bench-pg-"))
    owner = ["runuser", "-u", "postgres", "--"] if geteuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")
    control = [*owner, str(where / "pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]
    try:
        subprocess.run(
            [*owner, str(where / "initdb"), "-D", str(folder / "data"), "-A", "trust", "-U", "opentrm", "-E", "UTF8"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        flags = f"-c listen_addresses= -c unix_socket_directories={folder} -c port={PORT}"
        subprocess.run([*control, "-o", flags, "-l", str(folder / "log"), "start"], check=True, cwd=folder)

        def made(name: str) -> str:
            subprocess.run(
                [*owner, str(where / "createdb"), "-h", str(folder), "-p", str(PORT), "-U", "opentrm", name],
                check=True,
                cwd=folder,
            )
            return f"postgresql://opentrm@{str(folder).replace('/', '%2F')}:{PORT}/{name}"

        yield made
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)
