"""A training key for RSA, and its signature that is the same every time.

Its two primes are the first behind two derived numbers; how far behind is known, so nothing is searched for.
"""

from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import rsa

_BITS = 1024  # of each prime
_PRIMES = (("rsa p", 390), ("rsa q", 1046))  # label, and the distance of the next prime
_EXPONENT = 65_537
_SALT_BYTES = _DIGEST_BYTES = 32


@cache
def private_key() -> rsa.RSAPrivateKey:
    """Give the training key."""
    p, q = (_derived(label) + distance for label, distance in _PRIMES)
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    coefficients = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    return rsa.RSAPrivateNumbers(p, q, d, *coefficients, public).private_key()


def _derived(label: str) -> int:
    """Derive an odd number whose two highest bits are set."""
    blocks = (
        sha256(f"credential-gate training key {label} {block}".encode()).digest() for block in range(_BITS // 256)
    )
    return int.from_bytes(b"".join(blocks)) | 3 << _BITS - 2 | 1


def sign_pss(key: rsa.RSAPrivateKey, message: bytes) -> bytes:
    """Sign as PS256 with a salt that follows from the message. Source: RFC 8017 section 8.1.1 and 9.1.1."""
    numbers = key.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    digest, salt = sha256(message).digest(), sha256(b"salt" + message).digest()
    inner = sha256(bytes(8) + digest + salt).digest()
    block = bytes(size - _SALT_BYTES - _DIGEST_BYTES - 2) + b"\x01" + salt
    masked = int.from_bytes(block) ^ int.from_bytes(_mask(inner, len(block)))
    padded = masked & (1 << 8 * len(block) - 1) - 1
    encoded = padded << 8 * (_DIGEST_BYTES + 1) | int.from_bytes(inner) << 8 | 0xBC
    return pow(encoded, numbers.d, modulus).to_bytes(size)


def _mask(seed: bytes, length: int) -> bytes:
    """Generate a mask. Source: RFC 8017 appendix B.2.1."""
    blocks = range(-(-length // _DIGEST_BYTES))
    return b"".join(sha256(seed + block.to_bytes(4)).digest() for block in blocks)[:length]
