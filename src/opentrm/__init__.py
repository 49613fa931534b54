"""OpenTRM: the working software of a Transnational Referral Mechanism for trafficked persons."""

__version__ = "2026.1.0"
