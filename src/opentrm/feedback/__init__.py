"""She is heard: her card, her answers, her concerns. Her case manager reads none of it."""
