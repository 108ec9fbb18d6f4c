"""Names curves that a key writes out in parameters.

Passport authorities do so, as ICAO Doc 9303 part 12 asks, and our library reads named curves only. Every parameter
must be the named curve's: a key with another base point lets its owner sign for anybody (CVE-2020-0601).
"""

from cryptography.hazmat.primitives.asymmetric import ec

from trust_registry.importers.refusal import Refusal, Refused
from verifier.verdict import Reason, Reject
from verifier.wire import der

_EC_PUBLIC_KEY = bytes.fromhex("2a8648ce3d0201")  # 1.2.840.10045.2.1
_PRIME_FIELD = bytes.fromhex("2a8648ce3d0101")  # 1.2.840.10045.1.1

# Field primes: SEC 2 version 2.0 sections 2.4 to 2.6. Object identifiers: RFC 5480 section 2.1.1.1.
_KNOWN: dict[int, tuple[ec.EllipticCurve, bytes]] = {
    2**256 - 2**224 + 2**192 + 2**96 - 1: (ec.SECP256R1(), bytes.fromhex("06082a8648ce3d030107")),
    2**384 - 2**128 - 2**96 + 2**32 - 1: (ec.SECP384R1(), bytes.fromhex("06052b81040022")),
    2**521 - 1: (ec.SECP521R1(), bytes.fromhex("06052b81040023")),
}


def named(spki: bytes) -> bytes:
    """Give the DER SubjectPublicKeyInfo with its curve named; one that is no explicit EC key comes back as it is.

    Raises `Reject(MALFORMED)`, or `Refused(CURVE)` for parameters of no curve we use. Source: RFC 3279 section 2.3.5.
    """
    match der.sequence(spki):
        case [algorithm, key]:
            fields = der.sequence(algorithm.written)
        case _:
            raise Reject(Reason.MALFORMED)
    match fields:
        case [der.Element(content=kind), der.Element(tag=der.SEQUENCE) as parameters] if kind == _EC_PUBLIC_KEY:
            name = der.write(der.SEQUENCE, fields[0].written + _curve_of(parameters))
            return der.write(der.SEQUENCE, name + key.written)
        case _:
            return spki


def _curve_of(parameters: der.Element) -> bytes:
    """Give the object identifier of the curve that has exactly these parameters."""
    match der.sequence(parameters.written):
        case [_version, field, curve, base, order, *_cofactor]:
            prime = _prime(field)
            if prime in _KNOWN and _same(_KNOWN[prime][0], prime, curve, base, order):
                return _KNOWN[prime][1]
            raise Refused(Refusal.CURVE)
        case _:
            raise Reject(Reason.MALFORMED)


def _prime(field: der.Element) -> int:
    match der.sequence(field.written):
        case [der.Element(content=kind), prime] if kind == _PRIME_FIELD:
            return int.from_bytes(prime.as_type(der.INTEGER))
        case _:
            raise Refused(Refusal.CURVE)


def _same(curve: ec.EllipticCurve, prime: int, equation: der.Element, base: der.Element, order: der.Element) -> bool:
    """Compare all parameters; a and b follow from the curve's base point, since a is -3 on each of them."""
    point = ec.derive_private_key(1, curve).public_key().public_numbers()
    width = (curve.key_size + 7) // 8
    a, b = prime - 3, (point.y**2 - point.x**3 + 3 * point.x) % prime
    x, y = point.x.to_bytes(width), point.y.to_bytes(width)
    given = [int.from_bytes(part.as_type(der.OCTET_STRING)) for part in der.sequence(equation.written)[:2]]
    return (
        given == [a, b]
        and base.as_type(der.OCTET_STRING) in (b"\x04" + x + y, bytes([2 + point.y % 2]) + x)
        and int.from_bytes(order.as_type(der.INTEGER)) == curve.group_order
    )
