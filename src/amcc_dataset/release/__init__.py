"""The release tree: making, reading, validating and comparing it."""
