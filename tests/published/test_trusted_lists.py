"""The trusted lists that others published: every entry accounted for."""

from collections import Counter
from pathlib import Path

import pytest

from trust_registry.importers import ALL
from trust_registry.importers.refusal import Refusal
from trust_registry.importers.source import Proof, read
from trust_registry.sources import walk
from verifier.verdict import FormatId


def imported(folder: Path) -> dict[str, Counter[str]]:
    """Count by kind of list: `accepted`, and each refusal."""
    counts: dict[str, Counter[str]] = {}
    for source in walk(folder, frozenset(), test_issuers=False):
        name, result = read(source, ALL)
        counted = counts.setdefault(name, Counter())
        counted["accepted"] += len([key for key in result.keys if key.standing.value == "good"])
        counted.update(refusal.value for _, refusal in result.refused)
        assert result.whole or not result.keys
    return counts


@pytest.mark.parametrize(("folder", "name", "accepted", "refused"), [
    ("who-gdhcn", "gdhcn", 946, {Refusal.TEST_ISSUER: 15, Refusal.REFERENCE: 7}),
    ("who-tng-participants-prod", "gdhcn-onboarding", 186,
     {Refusal.NOT_A_SIGNER: 368, Refusal.EMPTY: 42, Refusal.TEST_ISSUER: 4}),
    ("eu-dcc-de-covpass", "dcc-certificates", 829, {}),
    ("eu-dcc-de-cwa", "dcc-cwa", 528, {}),
    ("eu-dcc-de-cwt-trustlist", "dcc-keys", 160, {}),
    ("eu-dcc-national-mirrors", "dcc-certificates", 1_821, {}),
    ("eu-dcc-national-mirrors", "dcc-keys", 3_009, {}),
    ("eu-dcc-nl-coronacheck", "dcc-keys", 0, {Refusal.NAME_TWICE: 1}),
    ("vci-directory", "vci", 1_795, {
        Refusal.REFERENCE: 1_266, Refusal.EMPTY: 82, Refusal.ALGORITHM: 29, Refusal.PRIVATE_KEY: 1}),
    ("iso18013-5-vical", "vical", 50, {Refusal.CURVE: 4}),
    ("nzcp", "did-web", 0, {Refusal.TEST_ISSUER: 1}),
    ("etsi-ts-119612", "etsi-trusted-list", 0, {
        Refusal.REFERENCE: 182, Refusal.NOT_A_SIGNER: 36, Refusal.WITHDRAWN: 15, Refusal.RSA_EXPONENT: 12,
        Refusal.EMPTY: 10, Refusal.KEY_MALFORMED: 2, Refusal.MALFORMED: 1}),
    ("kde-khealthcertificate", "undescribed", 0, {Refusal.UNDESCRIBED: 473}),
])  # fmt: skip
def test_every_entry_is_accepted_or_refused_by_name(
    corpora: Path, folder: str, name: str, accepted: int, refused: dict[str, int]
) -> None:
    assert imported(corpora / "trust" / folder)[name] == Counter({"accepted": accepted, **refused}) + Counter()


def test_a_published_signature_holds_and_one_changed_byte_does_not(corpora: Path) -> None:
    for path in ("eu-dcc-de-covpass/dsc-list.json", "vci-directory/vci_snapshot.json"):
        (source,) = walk(corpora / "trust" / path, frozenset(), test_issuers=False)
        assert read(source, ALL)[1].proof is Proof.UNPINNED
        changed = bytearray(source.data)
        changed[-20] ^= 1
        _, refused = read(type(source)(source.path, bytes(changed), source.beside), ALL)
        assert refused.refused == (("the whole list", Refusal.LIST_SIGNATURE),)


def test_nothing_published_crashes_an_importer_or_gets_a_format_by_accident(corpora: Path) -> None:
    formats: Counter[FormatId] = Counter()
    for source in walk(corpora / "trust", frozenset(), test_issuers=True):
        formats.update(key.format for key in read(source, ALL)[1].keys)
    assert formats.keys() == {
        FormatId.HC1, FormatId.SHC, FormatId.VDS_NC, FormatId.MDOC, FormatId.NZCP, FormatId.DIVOC, FormatId.CRED,
    }  # fmt: skip
