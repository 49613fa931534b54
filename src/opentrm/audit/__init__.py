"""Who did, saw, or was refused what: written in the transaction of the act itself."""
