"""The door of other nodes' machines."""
