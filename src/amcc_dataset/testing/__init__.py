"""What tests and tools share: valid and broken data."""
