"""Credential Gate's verifier: bytes of a presentation in, one verdict out."""
