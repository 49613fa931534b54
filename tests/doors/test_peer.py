"""The peer door says nothing to strangers, answers partners, and listens on this machine only."""

from opentrm.federation.bodies.asking import Request
from opentrm.federation.kinds import Kind
from opentrm.kernel.ids import new_id
from opentrm.referrals.carrier import TYPE
from opentrm.referrals.models import InMessage, Referral
from tests.records.partner import Partner
from tests.records.test_walk import CAPACITY


def envelope(partner):
    with partner.ports.unit():
        body = Request.read({"referral": "return", "capacity": CAPACITY.to_json(), "phoned": None})
        partner.exchange.post("rs", new_id(), Kind.REQUEST, body)
    partner.network.doors["rs"] = lambda data: b""
    partner.exchange.deliver_due()
    return partner.network.carried[-1][1]


def knock(client, data, **more):
    return client.post("/trm1/inbox", data=data, content_type=more.pop("content_type", TYPE), **more)


def test_a_partners_request_is_taken_in_and_receipted(client, staff, monkeypatch):
    partner = Partner(monkeypatch)
    monkeypatch.setattr("opentrm.doors.peer.views.exchange", lambda: partner.here)
    data = envelope(partner)
    answer = knock(client, data)
    assert answer.status_code == 200
    assert answer.content[:4] == b"TRM1"
    assert Referral.objects.get().side == "destination"
    assert knock(client, data).content
    assert Referral.objects.count() == 1


def test_whatever_is_not_a_partners_is_a_page_that_is_not_there(client, staff, monkeypatch):
    partner = Partner(monkeypatch)
    monkeypatch.setattr("opentrm.doors.peer.views.exchange", lambda: partner.here)
    data = envelope(partner)
    flipped = data[:-1] + bytes([data[-1] ^ 1])
    for wrong in (b"", b"hello", flipped, data[:50], b"TRM1" + b"\0" * 400_000):
        assert knock(client, wrong).status_code == 404
    assert knock(client, data, content_type="text/plain").status_code == 404
    assert knock(client, data, REMOTE_ADDR="10.1.2.3").status_code == 404
    assert knock(client, data, HTTP_X_FORWARDED_FOR="10.1.2.3").status_code == 404
    assert client.get("/trm1/inbox").status_code == 404
    assert not InMessage.objects.exists()
