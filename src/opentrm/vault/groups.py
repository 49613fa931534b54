"""Which sections of the case file share a key, and which have one of their own.

``near`` says where she is; ``psychosocial`` and ``feedback`` are sealed to the people concerned besides.
"""

GROUPS = {
    "identity": "office", "account": "office", "needs": "office", "plan": "office", "health": "office",
    "legal": "office", "risk": "office", "family": "office", "consent": "office", "status": "office",
    "referral": "office", "contact": "near", "travel": "near", "psychosocial": "psychosocial",
    "feedback": "feedback",
}  # fmt: skip


def group_of(section: str) -> str:
    """The key group of a section. Raises KeyError for a section the table does not know."""
    return GROUPS[section]
