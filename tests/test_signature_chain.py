from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests import certificates as make
from trust_registry.model import Algorithm, IssuerKey, KeyRef, Scope
from verifier import signature
from verifier.presentation import Signed, Unverified
from verifier.sealed import Sealed
from verifier.verdict import FormatId, Reason, Reject

_SIGNER_USAGE = "2.23.136.1.1.14.2"
_ROOT, _LEAF, _OTHER = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
_BIG = ec.generate_private_key(ec.SECP384R1())
_RSA = rsa.generate_private_key(65537, 2048)
_ED = ed25519.Ed25519PrivateKey.generate()
_ROOT_NAME, _LEAF_NAME, _MIDDLE_NAME = make.name("Root"), make.name("Signer"), make.name("Middle")
_MESSAGE = b"what is signed"


def _signed(key: ec.EllipticCurvePrivateKey = _LEAF) -> Signed:
    r, s = decode_dss_signature(key.sign(_MESSAGE, ec.ECDSA(hashes.SHA256())))
    return Signed(Sealed(_MESSAGE), r.to_bytes(32) + s.to_bytes(32), Algorithm.ES256)


def _anchor(
    key: make.PrivateKey = _ROOT, countries: frozenset[str] = frozenset({"UT"}), fmt: FormatId = FormatId.VDS_NC
) -> IssuerKey:
    scope = Scope(countries=countries)
    return IssuerKey(fmt, make.key_id(key), "UT", Algorithm.ES256, make.spki(key), scope, anchor=True)


def _leaf(signer: make.PrivateKey = _ROOT, issuer: x509.Name = _ROOT_NAME, *usages: str, pss: bool = False) -> bytes:
    extensions = make.signs_documents(*(usages or (_SIGNER_USAGE,)))
    return make.certificate(_LEAF_NAME, _LEAF, issuer, signer, extensions, pss=pss)


def _check(chain: list[bytes], *keys: IssuerKey, signed: Signed | None = None) -> IssuerKey:
    ref = KeyRef(FormatId.VDS_NC, keys[0].key_id if keys else b"")
    doc = Unverified(ref, signed or _signed(), Sealed(None), tuple(chain))
    return signature.check(doc, keys).key


def _refusal(chain: list[bytes], *keys: IssuerKey, signed: Signed | None = None) -> Reason:
    with pytest.raises(Reject) as caught:
        _check(chain, *keys, signed=signed)
    return caught.value.reason


def test_the_signer_that_an_anchor_vouches_for_gets_its_own_key_and_window_and_the_anchors_name() -> None:
    key = _check([_leaf()], _anchor())
    assert (key.public_key, key.issuer, key.scope.countries) == (make.spki(_LEAF), "UT", frozenset({"UT"}))
    assert (key.not_before, key.not_after) == (make.START.timestamp(), make.END.timestamp())


@pytest.mark.parametrize("signer", [_ROOT, _BIG, _RSA, _ED], ids=["P-256", "P-384", "RSA", "Ed25519"])
def test_an_anchor_signs_with_any_of_our_algorithms(signer: make.PrivateKey) -> None:
    assert _check([_leaf(signer)], _anchor(signer))


@pytest.mark.parametrize(
    ("key", "algorithm"), [(_LEAF, Algorithm.ES256), (_BIG, Algorithm.ES384), (_ED, Algorithm.ED25519)]
)
def test_a_certified_key_signs_with_its_own_algorithm(key: make.PrivateKey, algorithm: Algorithm) -> None:
    chain = [make.certificate(_LEAF_NAME, key, _ROOT_NAME, _ROOT, make.signs_documents(_SIGNER_USAGE))]
    if isinstance(key, ec.EllipticCurvePrivateKey):
        width = (key.key_size + 7) // 8
        hashed = hashes.SHA256() if width == 32 else hashes.SHA384()
        r, s = decode_dss_signature(key.sign(_MESSAGE, ec.ECDSA(hashed)))
        made = r.to_bytes(width) + s.to_bytes(width)
    else:
        assert isinstance(key, ed25519.Ed25519PrivateKey)
        made = key.sign(_MESSAGE)
    assert _check(chain, _anchor(), signed=Signed(Sealed(_MESSAGE), made, algorithm)).algorithm is algorithm
    other = Signed(Sealed(_MESSAGE), made, Algorithm.ES512)
    assert _refusal(chain, _anchor(), signed=other) is Reason.SIGNATURE_BAD


def test_rsa_pss_is_read_with_its_hash() -> None:
    assert _check([_leaf(_RSA, pss=True)], _anchor(_RSA))


def _middle(extensions: list[tuple[x509.ExtensionType, bool]]) -> bytes:
    return make.certificate(_MIDDLE_NAME, _OTHER, _ROOT_NAME, _ROOT, extensions)


def test_an_authority_between_and_a_copy_of_the_anchor_are_followed() -> None:
    middle = _middle(make.authority())
    root = make.certificate(_ROOT_NAME, _ROOT, _ROOT_NAME, _ROOT, make.authority())
    leaf = _leaf(_OTHER, _MIDDLE_NAME)
    assert _check([leaf, middle], _anchor())
    assert _check([leaf, middle, root], _anchor())


def test_who_may_not_certify_certifies_nobody() -> None:
    leaf = _leaf(_OTHER, _MIDDLE_NAME)
    assert _refusal([leaf, _middle(make.signs_documents())], _anchor()) is Reason.SIGNATURE_BAD
    assert _refusal([leaf, _middle(make.authority(certifies=False))], _anchor()) is Reason.SIGNATURE_BAD


def test_names_must_fit_along_the_chain() -> None:
    assert _refusal([_leaf(_OTHER, _LEAF_NAME), _middle(make.authority())], _anchor()) is Reason.SIGNATURE_BAD


def test_a_certificate_of_somebody_else_is_refused() -> None:
    assert _refusal([_leaf(_OTHER)], _anchor()) is Reason.SIGNATURE_BAD


def test_a_changed_certificate_is_refused() -> None:
    leaf = bytearray(_leaf())
    leaf[-1] ^= 1
    assert _refusal([bytes(leaf)], _anchor()) is Reason.SIGNATURE_BAD


def test_a_document_of_another_key_is_refused() -> None:
    assert _refusal([_leaf()], _anchor(), signed=_signed(_OTHER)) is Reason.SIGNATURE_BAD


def test_an_anchor_signs_no_document_itself() -> None:
    root = make.certificate(_ROOT_NAME, _ROOT, _ROOT_NAME, _ROOT, make.authority())
    assert _refusal([root], _anchor(), signed=_signed(_ROOT)) is Reason.SIGNATURE_BAD
    assert _refusal([], _anchor(), signed=_signed(_ROOT)) is Reason.UNKNOWN_ISSUER


def test_a_registered_signer_is_no_anchor() -> None:
    signer = IssuerKey(FormatId.VDS_NC, b"k", "UT", Algorithm.ES256, make.spki(_ROOT))
    assert _refusal([_leaf()], signer) is Reason.UNKNOWN_ISSUER


def test_the_signer_must_be_certified_for_this() -> None:
    assert _refusal([_leaf(_ROOT, _ROOT_NAME, "1.2.3.4")], _anchor()) is Reason.NOT_AUTHORISED
    assert _check([_leaf(_ROOT, _ROOT_NAME, "1.2.3.4")], _anchor(fmt=FormatId.SD_JWT_VC))
    no_signer = make.certificate(_LEAF_NAME, _LEAF, _ROOT_NAME, _ROOT, make.authority())
    assert _refusal([no_signer], _anchor(fmt=FormatId.SD_JWT_VC)) is Reason.NOT_AUTHORISED


def test_an_anchor_vouches_for_its_own_country_alone() -> None:
    assert _refusal([_leaf()], _anchor(countries=frozenset({"NZ"}))) is Reason.NOT_AUTHORISED
    assert _check([_leaf()], _anchor(countries=frozenset())).scope.countries == {"UT"}


@pytest.mark.parametrize(("bits", "holds"), [(2048, True), (1024, False)])
def test_a_weak_signer_key_holds_nothing(bits: int, holds: bool) -> None:  # noqa: FBT001 (the expectation)
    key = rsa.generate_private_key(65537, bits)
    digest = hashes.SHA256()
    signed = Signed(
        Sealed(_MESSAGE), key.sign(_MESSAGE, padding.PSS(padding.MGF1(digest), 32), digest), Algorithm.PS256
    )
    chain = [make.certificate(_LEAF_NAME, key, _ROOT_NAME, _ROOT, make.signs_documents(_SIGNER_USAGE))]
    if holds:
        assert _check(chain, _anchor(), signed=signed).public_key == make.spki(key)
    else:
        assert _refusal(chain, _anchor(), signed=signed) is Reason.SIGNATURE_BAD


def test_the_second_anchor_under_a_key_id_is_tried_as_well() -> None:
    assert _check([_leaf()], _anchor(_OTHER), _anchor()).public_key == make.spki(_LEAF)


def test_the_window_is_never_wider_than_the_anchors() -> None:
    early = (datetime(2024, 6, 1, tzinfo=UTC) - timedelta(days=1)).timestamp()
    anchor = IssuerKey(
        FormatId.VDS_NC,
        b"",
        "UT",
        Algorithm.ES256,
        make.spki(_ROOT),
        not_before=early,
        not_after=early + 1,
        anchor=True,
    )
    key = _check([_leaf()], anchor)
    assert (key.not_before, key.not_after) == (early, early + 1)
