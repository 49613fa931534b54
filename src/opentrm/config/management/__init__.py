"""The commands of a node."""
