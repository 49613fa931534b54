"""Referrals between nodes: what was asked, offered, agreed, sent, and where it stands."""
