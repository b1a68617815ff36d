"""File formats: rows of an Arrow table out of bytes, and bytes out of rows."""
