"""Specimens: training credentials in every format, signed by training issuers. The only code that signs credentials."""
