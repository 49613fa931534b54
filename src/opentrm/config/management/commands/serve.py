"""``opentrm serve``: answer the browser, with gunicorn."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from gunicorn.app.base import BaseApplication

from opentrm.config.wsgi import application
from opentrm.kernel.errors import NotValid
from opentrm.node import current

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told what to do by this command and by nothing else."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The web application."""
        return application


class Command(BaseCommand):
    help = "Answer the browser and partner nodes. A demo node listens on this machine only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listen", default="", help="HOST:PORT; node.toml's unless given")
        parser.add_argument("--processes", type=int, default=1)
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *args: Any, **options: Any) -> None:
        home = current.home()
        address = options["listen"] or f"{home.host}:{home.port}"
        check_listen(address, demo=home.demo)
        call_command("migrate", verbosity=0)
        Server({
            "bind": address, "workers": options["processes"], "threads": options["threads"], "worker_class": "gthread",
            "accesslog": None, "errorlog": "-", "loglevel": "warning", "timeout": 60, "proc_name": f"opentrm-{home.id}",
        }).run()  # fmt: skip


def check_listen(address: str, *, demo: bool) -> None:
    """Refuse anything but loopback for a demo. Raises NotValid."""
    host = address.rpartition(":")[0].strip("[]")
    if demo and host not in LOOPBACK:
        raise NotValid(f"A demo node listens on this machine only, not on {host}.")
