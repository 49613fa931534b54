"""What monitoring sees, and where a node refuses to listen."""

from datetime import timedelta

import pytest

from opentrm.config import health
from opentrm.config.management.commands.serve import check_listen
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.node.life import worker_is_awake
from opentrm.node.models import Life


def test_it_is_well_while_the_worker_looks_round(client, db):
    worker_is_awake()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "country": "RS", "failing": []}


def test_a_sleeping_worker_is_named_with_503(client, db):
    worker_is_awake()
    Life.objects.update(worker_seen_at=clock.now() - timedelta(minutes=5))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == ["worker"]


@pytest.mark.parametrize("broken", ["migrations", "profile", "keys"])
def test_whatever_fails_is_named_with_503(client, db, monkeypatch, broken):
    worker_is_awake()
    monkeypatch.setitem(health.CHECKS, broken, lambda: 1 / 0)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert broken in answer.json()["failing"]


@pytest.mark.parametrize("address", ["0.0.0.0:8101", "192.168.1.4:80", "[::]:8101", ":8101"])
def test_a_demo_refuses_to_listen_on_anything_but_this_machine(address):
    with pytest.raises(NotValid):
        check_listen(address, demo=True)
    check_listen("127.0.0.1:8101", demo=True)


def test_pages_are_kept_by_nobody_and_run_no_inline_code(client, db):
    answer = client.get("/accounts/login/")
    assert answer["Cache-Control"] == "no-store"
    policy = answer["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert b"<script>" not in answer.content
    assert b" style=" not in answer.content
