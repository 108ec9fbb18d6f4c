"""Strict, bounded decoders: bytes to values, one spelling for each value, no credential format known."""
