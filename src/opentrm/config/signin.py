"""How signing in differs from the library's default: nobody signs up, secrets are sealed at rest."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet

from opentrm.node import current


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never: an administrator invites."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing is mailed: reset goes by a one-time link handed over in person."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps one-time-code secrets sealed under a key that is not in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    def _box(self) -> Fernet:
        ring = current.keyring()
        key = b"".join(ring.mark("second-factor", str(part)) for part in range(4))
        return Fernet(base64.urlsafe_b64encode(key))
