"""Speed beside a plain Django admin: the same data, the same server settings, both measured in one run."""
