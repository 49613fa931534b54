"""The demo: invented people, carried on through the real acts. Never part of a real node."""
