"""HTCDS in and out."""
