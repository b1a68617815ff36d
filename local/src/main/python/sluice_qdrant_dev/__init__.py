"""A development Qdrant server: Qdrant's gRPC interface over Qdrant's own embedded engine."""
