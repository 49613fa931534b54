"""The ``opentrm`` command: Django's commands and ours, with plain errors and exit codes."""

import os
import sys

from opentrm.kernel.errors import Refused


def main() -> None:
    """Run a command. Exit code 0 is done, 1 is a fault in what was given, 2 is a wrong call."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentrm.config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except Refused as refusal:
        sys.stderr.write(f"opentrm: {refusal.reason}\n")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
