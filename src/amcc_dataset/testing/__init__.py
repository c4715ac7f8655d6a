"""What tests and tools share: strategies that draw valid data."""
