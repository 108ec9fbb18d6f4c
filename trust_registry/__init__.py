"""Credential Gate's trust registry: which issuer keys a gate believes, and how it learns of them."""
