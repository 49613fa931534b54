"""One file a command; `opentrm` takes their names with a hyphen."""
