"""Floor 3: the doors by which people and machines come in."""
