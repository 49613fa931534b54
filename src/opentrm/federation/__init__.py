"""What nodes say to each other: the wire protocol "TRM/1". No Django; see docs/network/index.md."""
