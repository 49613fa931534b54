"""The door of the person herself."""
