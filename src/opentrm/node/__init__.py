"""This node: its home folder, its keys, its profile, its life."""
