"""The types that doors may name: who is signed in, and for whom they work."""

from opentrm.accounts.models import Organisation, User

__all__ = ["Organisation", "User"]
