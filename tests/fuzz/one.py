"""One target under the fuzzer; its arguments are the target's name and the fuzzer's own."""

import sys

import atheris

# Only what is imported inside is instrumented: our code, not its libraries.
with atheris.instrument_imports(include=["verifier", "trust_registry"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Hand over to the fuzzer, which ends the process."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
