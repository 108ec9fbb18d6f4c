"""Tells keys whose private half, or whose signatures, anybody can compute."""

# Source: RFC 8032 section 5.1; points of order 1, 2, 4 and 8 have these y coordinates, whatever the sign of x. Under
# such a key one signature holds for many messages.
_FIELD = 2**255 - 19
_Y_OF_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER = frozenset({0, 1, _FIELD - 1, _Y_OF_ORDER_8, _FIELD - _Y_OF_ORDER_8})

# Source: Nemec, Sys, Svenda, Klinec, Matyas: "The Return of Coppersmith's Attack", 2017, section 2.3. The affected
# chips made primes that are powers of 65537 modulo the product of small primes, and so are their products.
_ROCA_PRIMES = (11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
_ROCA_GENERATOR = 65_537


def _powers(prime: int) -> frozenset[int]:
    return frozenset(pow(_ROCA_GENERATOR, exponent, prime) for exponent in range(prime))


_ROCA_RESIDUES = {prime: _powers(prime) for prime in _ROCA_PRIMES}


def is_roca(modulus: int) -> bool:
    """Tell an RSA modulus made by a chip that can be factored; a sound one looks so once in 2**27."""
    return all(modulus % prime in residues for prime, residues in _ROCA_RESIDUES.items())


def has_small_order(public_key: bytes) -> bool:
    """Tell an Ed25519 public key (32 bytes) that is a point of small order, in any encoding."""
    y = int.from_bytes(public_key, "little") & (1 << 255) - 1
    return y % _FIELD in _SMALL_ORDER
