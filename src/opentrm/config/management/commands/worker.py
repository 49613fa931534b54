"""``opentrm worker``: carries messages to partners, and says that it is awake."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections, transaction

from opentrm.cases.actions.expire import run_out
from opentrm.federation.bodies.nodes import Ping
from opentrm.federation.kinds import Kind
from opentrm.federation.sending import NODE_CONVERSATION
from opentrm.kernel import clock
from opentrm.kernel.errors import Refused
from opentrm.node.life import worker_is_awake
from opentrm.referrals.exchange import exchange
from opentrm.referrals.meeting import let_go
from opentrm.referrals.partners import partners

log = logging.getLogger("opentrm.worker")


class Command(BaseCommand):
    help = "Carry messages to partner nodes until stopped. Several workers may run; none does a thing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=1.0, help="seconds between two looks round")
        parser.add_argument("--once", action="store_true", help="look round once, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for sign in (signal.SIGTERM, signal.SIGINT):
                signal.signal(sign, lambda *_: stop.set())
        greet()
        while not stop.is_set():
            look_round()
            if options["once"]:
                return
            stop.wait(options["every"])


def greet() -> None:
    """Tell every partner that we are awake: any contact makes what waits for us there due at once."""
    for partner in partners(confirmed=True):
        try:
            with transaction.atomic():
                exchange().post(partner.node, NODE_CONVERSATION, Kind.PING, Ping(at=clock.now()))
        except Refused as refusal:
            log.info("partner %s was not greeted: %s", partner.node, refusal.code)


def look_round() -> int:
    """Send what is due; how many messages were answered. A fault is logged without content, and tried again."""
    close_old_connections()
    try:
        worker_is_awake()
        run_out()
        let_go()
        return exchange().deliver_due()
    except Exception as fault:
        log.error("the worker met a fault and goes on: %s", type(fault).__name__)
        return 0
