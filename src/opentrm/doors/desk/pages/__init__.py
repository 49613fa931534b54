"""The pages of staff, one file a stage or a place."""
