"""Every bound on hostile input, each with where its number comes from."""

# Symbols. ISO/IEC 18004:2015 table 7: version 40-L holds 2,953 bytes, 4,296 alphanumeric or 7,089 numeric characters.
SYMBOL_BYTES = 7_089
SYMBOLS_PER_FRAME = 4  # a phone shows one; more in one frame is somebody's experiment

# What a symbol unpacks to: the largest genuine credential measured inflates to under 8 KiB.
INFLATED_BYTES = 65_536

# CBOR and JSON nesting and width: the deepest genuine credential measured nests 9 levels, its widest map holds 60 keys.
DEPTH = 16
MAP_KEYS = 128
CBOR_ITEMS = 8_192
JSON_DIGITS = 16  # integers beyond 2**53 are not safe between JSON readers (RFC 8259 section 6)
JSON_FLOAT_CHARACTERS = 128  # beyond any number a person or a clock writes; keeps the conversion short

# Disclosures of one SD-JWT: the widest identity credential measured has 33.
DISCLOSURES = 128

# NumericDates: a credential lies in this century; infinities, NaN and 2**70 do not. The first is the epoch, because one
# country marks its specimens with an expiry of 42, and that has to read as expired.
YEAR_LAST = 2100
NUMERIC_DATE_FIRST = 0
NUMERIC_DATE_LAST = 4_102_444_800  # 2100-01-01T00:00:00Z
DAY_YEAR_FIRST = 1900  # no birth or dose on a credential is older: nobody born before lives

# Keys, checked once, when a registry is built. NIST SP 800-131A rev. 2: RSA from 2,048 bits; slower than 4,096 serves
# nobody at a gate; every issuer measured uses the exponent 65537.
RSA_BITS_LEAST = 2_048
RSA_BITS_MOST = 4_096
RSA_EXPONENT = 65_537
KEYS_PER_KEY_ID = 8  # no collision among 959 national keys measured; the specifications allow several
KEY_ID_BYTES = 1_024  # a DID URL; the longest measured has 190
ISSUER_CHARACTERS = 2_048

# Certificates inside a presentation. The largest genuine one measured has 1,120 bytes; a chain of a signer, one
# authority between, and the anchor's own copy is the longest that any of our profiles knows.
CERTIFICATE_BYTES = 8_192
CHAIN_CERTIFICATES = 3

# JSON-LD: the widest genuine credential measured has 7 blank nodes, none of which look alike. To put nodes in order
# that do look alike costs the factorial of their number: 7 take 15 seconds.
BLANK_NODES = 32
BLANK_NODES_ALIKE = 3
BLANK_NODE_SEARCHES = 32
STATEMENTS = 128  # that a holder discloses one by one, each with a signature: about 15 ms

# A status list, inflated: 16 MiB hold the state of 128 million credentials in bits, of 8 million in bytes twice over.
STATUS_LIST_BYTES = 16_777_216

# Pictures given to `verifier check`: 24 megapixels is the largest phone camera's ordinary picture.
PICTURE_PIXELS = 24_000_000
PICTURE_BYTES = 32_000_000
PICTURE_MEMORY_BYTES = 2_000_000_000  # of the child that reads one: ten planes of 24 million floats, and its libraries
PICTURE_SECONDS = 20  # the whole ladder on 12 megapixels takes a second or two on a workstation

# Parts of one presentation: structured append has 16 at most (ISO/IEC 18004 section 8), a fountain of 64 KiB needs 64.
PARTS = 64
PARTS_SECONDS = 10.0  # since the last part came: twice what a slow wallet takes for a whole turn of its parts

# A judge that has not answered in this time after the last message is late.
JUDGE_SECONDS = 1.0

# A holder's proof counts for this long: the wallet's clock and ours may differ by a minute, and a person needs another.
BINDING_SECONDS = 120

# Trusted lists, given to the publisher: the longest published holds 2,140 entries, the largest has 4 MB.
LIST_BYTES = 64_000_000
LIST_ENTRIES = 250_000
