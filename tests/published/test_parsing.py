"""JSONTestSuite and the appendices of RFC 8949, through our strict readers."""

import json
from collections.abc import Callable
from pathlib import Path

from verifier.verdict import Reject
from verifier.wire import cbor
from verifier.wire import json as strict_json

# JSON lets an object name a member twice and leaves open what that means; a signed statement may not be ambiguous.
AMBIGUOUS = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

# Tags that no credential needs are refused, not interpreted; `f818` is no longer well-formed since RFC 8949.
UNEXPECTED_TAGS = ["c249010000000000000000", "c349010000000000000000", "d74401020304"]
UNEXPECTED_TAGS += ["d82076687474703a2f2f7777772e6578616d706c652e636f6d"]
NOT_WELL_FORMED = ["f818"]


def accepts(decode: Callable[[bytes], object], data: bytes) -> bool:
    try:
        decode(data)
    except Reject:
        return False
    return True


def test_json_takes_what_it_must_and_refuses_what_it_must(corpora: Path) -> None:
    files = sorted((corpora / "security" / "json-parsing" / "test_parsing").glob("*.json"))
    verdicts = {file.name: accepts(strict_json.decode, file.read_bytes()) for file in files}
    assert len(verdicts) > 300
    assert [name for name, accepted in verdicts.items() if name.startswith("n_") and accepted] == []
    assert [name for name, accepted in verdicts.items() if name.startswith("y_") and not accepted] == AMBIGUOUS


def test_cbor_refuses_every_malformed_item(corpora: Path) -> None:
    items = json.loads((corpora / "security" / "cbor-malformed" / "rfc8949_appendix_f.json").read_text())["items"]
    malformed = [item for group in items.values() for item in group]
    assert len(malformed) > 80
    assert [item for item in malformed if accepts(cbor.decode, bytes.fromhex(item))] == []


def test_cbor_takes_every_example(corpora: Path) -> None:
    examples = json.loads((corpora / "security" / "cbor-appendix-a" / "appendix_a.json").read_text())
    refused = [example["hex"] for example in examples if not accepts(cbor.decode, bytes.fromhex(example["hex"]))]
    assert sorted(refused) == sorted([*UNEXPECTED_TAGS, *NOT_WELL_FORMED])
