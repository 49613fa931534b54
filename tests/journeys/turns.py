"""The turns of the walk."""

ALL = ()
