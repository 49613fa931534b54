"""Carrying bytes to a partner's peer door. Loopback only, until TLS between nodes exists."""

import ipaddress
from urllib.parse import urlsplit

import httpx

from opentrm.federation.envelope import MAX_ENVELOPE
from opentrm.federation.ports import Peer, WireFailed

SECONDS = 10.0
TYPE = "application/trm1"


class HttpWire:
    """One attempt over HTTP, bounded in time and size, following nothing."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False)

    def send(self, peer: Peer, data: bytes) -> bytes:
        """Bring an envelope to the partner's door and its answer back. WireFailed otherwise."""
        address, host = loopback(peer.statement.endpoint)
        try:
            with self._client.stream(
                "POST", f"{address}/trm1/inbox", content=data, headers={"Content-Type": TYPE, "Host": host}
            ) as answer:
                if answer.status_code != 200:
                    raise WireFailed
                return _bounded(answer)
        except httpx.HTTPError as fault:
            raise WireFailed from fault


def loopback(endpoint: str) -> tuple[str, str]:
    """The address to connect to and the host to name. WireFailed for anything that is not this machine."""
    parts = urlsplit(endpoint)
    name = parts.hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return f"http://127.0.0.1:{parts.port or 80}", parts.netloc
    try:
        if ipaddress.ip_address(name).is_loopback:
            return f"http://{parts.netloc}", parts.netloc
    except ValueError:
        pass
    raise WireFailed("Until nodes speak TLS to each other, only a node on this machine is reached.")


def _bounded(answer: httpx.Response) -> bytes:
    taken = bytearray()
    for piece in answer.iter_bytes():
        taken += piece
        if len(taken) > MAX_ENVELOPE:
            raise WireFailed
    return bytes(taken)
