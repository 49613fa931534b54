"""Settings, addresses and the command: how the parts are put together."""
