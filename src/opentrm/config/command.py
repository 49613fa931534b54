"""The ``opentrm`` command: Django's commands and ours, with plain errors and exit codes."""

import os
import sys

from opentrm.kernel.errors import NotValid, Refused

OURS = ("init", "serve", "worker", "peer", "import-htcds", "export-htcds", "check-profile", "draw-profile", "doctor")
USAGE = """opentrm: the software of a Transnational Referral Mechanism

  init            make a new node: home folder, keys, database, first administrator
  serve           answer the browser and partner nodes
  worker          carry messages to partners, and watch the clocks
  peer            card | add | confirm: pair this node with another country's
  import-htcds    take over cases from an HTCDS file (CSV, JSON, XLSX)
  export-htcds    write cases as an HTCDS file
  check-profile   check a country's profile; names file and line of each problem
  draw-profile    a profile as a diagram and a table
  doctor          look whether everything a node needs is well

`opentrm COMMAND --help` says more. OPENTRM_HOME names the home folder (default: ./home).
"""


def main() -> None:
    """Run a command. Exit code 0 is done, 1 is a fault in what was given, 2 is a wrong call."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        sys.stdout.write(USAGE)
        raise SystemExit(0 if arguments else 2)
    try:
        _run(arguments)
    except Refused as refusal:
        sys.stderr.write(f"opentrm: {refusal.reason}\n")
        if isinstance(refusal, NotValid):
            sys.stderr.writelines(f"  {where}: {what}\n" for where, what in refusal.errors.items())
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _run(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentrm.config.settings")
    name = arguments[0]
    if name == "init":
        from opentrm.config.init import init

        init(arguments[1:])
        return
    from django.core.management import execute_from_command_line

    known = name.replace("-", "_") if name in OURS else name
    execute_from_command_line(["opentrm", known, *arguments[1:]])
