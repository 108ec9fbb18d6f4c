"""A wallet query becomes a policy that asks the same, or the part that a policy cannot express is named."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verifier import policies
from verifier.commands.policy import command
from verifier.dcql import Candidate, QueryError, matches, parse
from verifier.policies.imported import policy_text
from verifier.questions import AgeAtLeast, AllOf, AnyOf, Authentic, Has
from verifier.verdict import FormatId
from verifier.wire.json import Json, Object

PID = "https://credentials.example/pid"


def dcql(*claims: Json, **more: Json) -> Object:
    credential: Object = {
        "id": "one",
        "format": "dc+sd-jwt",
        "meta": {"vct_values": [PID]},
        "claims": list(claims),
        **more,
    }
    return {"credentials": [credential]}


def definition(*fields: Json, **more: Json) -> Object:
    return {"id": "d", "input_descriptors": [{"id": "one", "constraints": {"fields": list(fields)}, **more}]}


@pytest.mark.parametrize(
    ("query", "question"),
    [
        (dcql({"path": ["age_equal_or_over", "18"]}), AgeAtLeast(18)),
        (dcql({"path": ["org.iso.18013.5.1", "age_over_21"], "values": [True]}, format="mso_mdoc"), AgeAtLeast(21)),
        (dcql({"path": ["age_over_21"], "values": [False]}), Has(("age_over_21",), (False,))),
        (dcql({"path": ["gate"], "values": ["A", 1]}), Has(("gate",), ("A", 1))),
        (dcql({"path": ["nationalities", None], "values": ["UT"]}), Has(("nationalities",), ("UT",))),
        (dcql({"path": ["a"]}, {"path": ["b", "c"]}), AllOf((Has(("a",), ()), Has(("b", "c"), ())))),
        (
            dcql(
                {"id": "a", "path": ["a"]}, {"id": "b", "path": ["b"]}, {"id": "c", "path": ["c"]},
                claim_sets=[["a", "b"], ["c"]],
            ),
            AnyOf((AllOf((Has(("a",), ()), Has(("b",), ()))), Has(("c",), ()))),
        ),
        (dcql(), Authentic()),
        (
            definition({"path": ["$.credentialSubject.gate", "$.vc.credentialSubject.gate"], "filter": {"const": "A"}}),
            Has(("gate",), ("A",)),
        ),
        (definition({"path": ["$.dateOfBirth", "$['dob']"]}), AnyOf((Has(("dateOfBirth",), ()), Has(("dob",), ())))),
        (definition({"path": ["$.vct"], "filter": {"enum": [PID]}}, {"path": ["$.age_over_18"]}), AgeAtLeast(18)),
        (definition({"path": ["$.pet"], "optional": True}), Authentic()),
    ],
)  # fmt: skip
def test_a_query_becomes_a_policy_that_asks_the_same(query: Json, question: object) -> None:
    assert policies.parse(policy_text(query, "imported"), "imported").question == question


def test_formats_types_and_binding_are_kept() -> None:
    bound = policies.parse(policy_text(dcql({"path": ["a"]}), "imported"), "x")
    assert {fmt for fmt in bound.formats if fmt.judged} == {FormatId.SD_JWT_VC}
    assert bound.types == {PID}
    assert bound.binding
    free = policies.parse(policy_text(dcql(require_cryptographic_holder_binding=False), "imported"), "x")
    assert not free.binding
    shown = policies.parse(policy_text(definition(format={"jwt_vp": {"alg": ["ES256"]}}), "imported"), "x")
    assert shown.binding
    assert {fmt for fmt in shown.formats if fmt.judged} == {FormatId.VC_JWT}


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ([], "the query: must be an object"),
        ({"credentials": []}, "credentials: must be a list"),
        (dcql(multiple=True), "credentials[0].multiple: a policy judges one credential"),
        (
            dcql(trusted_authorities=[{"type": "aki", "values": ["x"]}]),
            "credentials[0].trusted_authorities: the registry",
        ),
        (dcql(format="anoncreds"), "credentials[0].format: must be one of"),
        (dcql({"path": ["a", 0]}), "credentials[0].claims: a policy does not count"),
        (dcql({"path": []}), "credentials[0].claims[0].path: must lead somewhere"),
        (dcql({"path": ["a"], "values": [1.5]}), "credentials[0].claims[0].values[0]: must hold texts"),
        (dcql(claim_sets=[["z"]]), "credentials[0].claim_sets: names a claim that is not asked for"),
        (dcql(meta={"type_values": [["a", "b"]]}), "credentials[0].meta: a policy compares one name"),
        ({**dcql(), "credential_sets": [{"options": [["one"]]}]}, "credentials: a policy asks for one credential"),
        ({**dcql(), "credential_sets": [{"options": [["two"]]}]}, "credential_sets: names a credential that is not"),
        ({"id": "d", "input_descriptors": []}, "input_descriptors: a policy asks for one credential"),
        ({**definition(), "submission_requirements": []}, "submission_requirements: a policy asks for one"),
        (
            definition({"path": ["$.a"], "filter": {"pattern": "^a"}}),
            "constraints.fields.filter.pattern: a policy cannot",
        ),
        (definition({"path": ["$.a[0]"]}), "constraints.fields.path: $.a[0] is more than a path of names"),
        (
            definition({"path": ["$.issuer"]}),
            "constraints.fields.path: a policy looks at the subject alone, not at issuer",
        ),
        (definition({"path": ["$.vct"]}), "constraints.fields: a type needs a const or an enum"),
        (definition({"path": ["$.a"], "predicate": "required"}), "constraints.fields.predicate: a policy cannot"),
        (definition(format={"ac_vp": {}}), "format.ac_vp: must be one of"),
    ],
)
def test_what_a_policy_cannot_express_is_named(query: Json, part: str) -> None:
    with pytest.raises(QueryError) as raised:
        policy_text(query, "imported")
    assert str(raised.value).startswith(part)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["import", *arguments])


def test_the_command_writes_the_policy_or_one_line(tmp_path: Path) -> None:
    file, mine = tmp_path / "query.json", tmp_path / "mine.toml"
    file.write_text(json.dumps(dcql({"path": ["age_equal_or_over", "18"]})))
    written = run(str(file), "--name", "club")
    assert written.exit_code == 0
    mine.write_text(written.stdout)
    assert policies.read(mine).name == "club"
    for text, fault in (
        ("[", "is not strict JSON"),
        ("{}", "input_descriptors: must be a list"),
        (None, "cannot be read"),
    ):
        if text is None:
            file.unlink()
        else:
            file.write_text(text)
        refused = run(str(file))
        assert refused.exit_code == 78
        assert refused.stderr.startswith(f"verifier policy: {file}: {fault}")
        assert refused.stderr.count("\n") == 1
    file.write_text(json.dumps(dcql()))
    assert run(str(file), "--name", "No Name").exit_code == 78


HELD = Candidate("dc+sd-jwt", frozenset({PID}), {"a": [{"b": 1}, {"b": 2}], "c": True}, bound=True)


@pytest.mark.parametrize(
    ("claim", "answered"),
    [
        ({"path": ["a", None, "b"], "values": [2]}, True),
        ({"path": ["a", 0, "b"], "values": [2]}, False),
        ({"path": ["a", 2, "b"]}, False),
        ({"path": ["c"], "values": [1]}, False),  # 1 is not true
        ({"path": ["c"], "values": [True]}, True),
        ({"path": ["c", "d"]}, False),
    ],
)
def test_a_credential_answers_a_claim_by_path_and_value(claim: Json, answered: bool) -> None:  # noqa: FBT001 - the case
    (query,) = parse(dcql(claim)).credentials
    assert (matches(query, HELD) is not None) is answered
