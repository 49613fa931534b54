"""The acts of a referral, in the order in which they happen: ask, answer, agree, risk, disclose, travel, arrive."""
