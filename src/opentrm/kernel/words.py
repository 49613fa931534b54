"""The words used everywhere: the stages of a case and the sections of its file."""

STAGES = ("screen", "identify", "consent", "assess", "plan", "refer", "receive", "assist", "listen", "close")

SECTIONS = (
    "status", "identity", "contact", "account", "needs", "plan", "health", "psychosocial", "legal", "risk",
    "family", "travel", "consent", "referral", "feedback", "audit",
)  # fmt: skip
