"""A small single-machine Ray head, for development."""
