import pytest
from cryptography import x509 as library
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tests import certificates as make
from trust_registry.model import Algorithm
from verifier import limits
from verifier.verdict import Reason, Reject
from verifier.wire import der, x509

_KEY = ec.derive_private_key(7, ec.SECP256R1())
_NAME = make.name("Signer")
_GOOD = make.certificate(_NAME, _KEY, _NAME, _KEY, make.signs_documents("2.23.136.1.1.14.2"))


def _refusal(data: bytes) -> Reason:
    with pytest.raises(Reject) as caught:
        x509.decode(data)
    return caught.value.reason


def test_a_certificate_is_read_as_the_library_reads_it() -> None:
    ours, theirs = x509.decode(_GOOD), library.load_der_x509_certificate(_GOOD)
    assert (ours.signed, ours.signature) == (theirs.tbs_certificate_bytes, theirs.signature)
    assert (ours.issuer, ours.subject) == (theirs.issuer.public_bytes(), theirs.subject.public_bytes())
    assert (ours.not_before, ours.not_after) == (make.START.timestamp(), make.END.timestamp())
    assert (ours.public_key, ours.country, ours.algorithm) == (make.spki(_KEY), "UT", Algorithm.ES256)
    assert (ours.authority_key_id, ours.subject_key_id) == (make.key_id(_KEY), None)
    assert (ours.usages, ours.signs_documents, ours.signs_certificates) == (
        frozenset({"2.23.136.1.1.14.2"}),
        True,
        False,
    )


def _rewritten(inner: bytes, outer: bytes) -> bytes:
    """Write the certificate again with other bytes for its algorithm, inside and outside of what is signed."""
    signed, _, signature = der.sequence(_GOOD)
    version, serial, _, *rest = (one.written for one in der.sequence(signed.written))
    body = der.write(der.SEQUENCE, version + serial + inner + b"".join(rest))
    return der.write(der.SEQUENCE, body + outer + signature.written)


def test_parameters_beside_ecdsa_are_passed_over() -> None:
    with_null = bytes.fromhex("300c06082a8648ce3d0403020500")
    assert x509.decode(_rewritten(with_null, with_null)).algorithm is Algorithm.ES256


def test_the_algorithm_is_the_same_twice_and_one_of_ours() -> None:
    good, other = bytes.fromhex("300a06082a8648ce3d040302"), bytes.fromhex("300a06082a8648ce3d040303")
    sha1 = bytes.fromhex("300906072a8648ce3d0401")
    assert _rewritten(good, good) == _GOOD
    assert _refusal(_rewritten(good, other)) is Reason.MALFORMED
    assert _refusal(_rewritten(sha1, sha1)) is Reason.UNSUPPORTED_ALGORITHM


def test_what_is_critical_and_not_understood_is_refused() -> None:
    unknown = library.UnrecognizedExtension(library.ObjectIdentifier("1.2.3"), b"\x05\x00")
    assert x509.decode(make.certificate(_NAME, _KEY, _NAME, _KEY, [(unknown, False)]))
    assert _refusal(make.certificate(_NAME, _KEY, _NAME, _KEY, [(unknown, True)])) is Reason.MALFORMED


def test_a_country_is_the_one_that_is_named() -> None:
    for country in (None, "NZ"):
        assert x509.decode(make.certificate(make.name("S", country), _KEY, _NAME, _KEY)).country == country


def test_size_is_looked_at_first() -> None:
    assert _refusal(_GOOD + bytes(limits.CERTIFICATE_BYTES)) is Reason.MALFORMED


@given(st.integers(0, len(_GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte_is_read_or_refused_and_nothing_else(at: int, byte: int) -> None:
    changed = _GOOD[:at] + bytes((byte,)) + _GOOD[at + 1 :]
    try:
        x509.decode(changed)
    except Reject:
        return


@given(st.binary(max_size=40))
def test_any_bytes_are_elements_or_refused(data: bytes) -> None:
    try:
        found = der.elements(data)
    except Reject:
        return
    assert b"".join(der.write(one.tag, one.content) for one in found) == data


@pytest.mark.parametrize(
    "text", ["30", "3001", "308000", "300500", "30810100", "3082000100", "30840000000100", "1f8100", "30ff"], ids=str
)
def test_a_length_has_one_spelling_and_fits(text: str) -> None:
    with pytest.raises(Reject):
        der.elements(bytes.fromhex(text))


def test_an_anchor_is_named_by_the_last_certificate() -> None:
    named = x509.decode(_GOOD)
    assert x509.anchor_id((named,)) == make.key_id(_KEY)
