import json
from hashlib import sha256
from importlib import resources

from verifier import catalogues
from verifier.catalogues import contexts

_FOLDER = resources.files(catalogues).joinpath("contexts")
_INDEX = json.loads(_FOLDER.joinpath("index.json").read_text("utf-8"))["contexts"]


def test_each_context_is_the_one_that_was_reviewed() -> None:
    for address, entry in _INDEX.items():
        assert sha256(_FOLDER.joinpath(entry["file"]).read_bytes()).hexdigest() == entry["sha256"], address
        assert entry["source"]


def test_every_file_is_in_the_index() -> None:
    names = {file.name for file in _FOLDER.iterdir()} - {"index.json"}
    assert names == {entry["file"] for entry in _INDEX.values()}


def test_a_context_that_is_not_in_the_table_is_not_known() -> None:
    assert contexts.context("https://unknown.example/v1") is None
    assert contexts.context("https://www.w3.org/ns/credentials/v2") is not None
