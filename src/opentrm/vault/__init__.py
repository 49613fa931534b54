"""Keys at rest: node key generations, case keys, seals bound to their place, marks, and the journal.

What this protects, and what it does not, is written in docs/decisions/0007-keys-at-rest.md.
"""

from opentrm.vault.groups import GROUPS, group_of
from opentrm.vault.journal import Journal
from opentrm.vault.ring import KeyRing, Wrapped
from opentrm.vault.seal import Place, SealBroken, new_key, seal, unseal

__all__ = [
    "GROUPS", "Journal", "KeyRing", "Place", "SealBroken", "Wrapped", "group_of", "new_key", "seal", "unseal",
]  # fmt: skip
