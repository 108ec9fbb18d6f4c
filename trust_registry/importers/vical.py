"""Lists of mobile-document authorities (VICAL): signed CBOR with the certificates of issuing authorities.

The list is signed by a certificate that it carries, which a pinned root vouches for. Source: ISO/IEC 18013-5 annex C.
"""
