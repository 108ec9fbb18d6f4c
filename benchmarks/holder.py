"""How often the comparison with a passport is wrong: honest people told apart from themselves, strangers taken for one.

People are made from common names of thirteen languages, each in its own spelling and as its passports print it. All of
them are given one birth date, the worst case: what is measured is the name alone.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verifier.credential import Holder
from verifier.holder import same_person
from verifier.instant import Days
from verifier.truth import Truth
from verifier.wire.mrz import Document

PEOPLE = 400
BORN = Days.on(date(1990, 5, 6))

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Person:
    """A family name and two given names, each in its own spelling and in the passport's."""

    family: tuple[str, str]
    given: tuple[tuple[str, str], tuple[str, str]]

    def passport(self, *, width: int = 39) -> Document:
        """Print the names into a field of so many characters."""
        field = f"{self.family[1]}<<{self.given[0][1]}<{self.given[1][1]}"
        family, _, given = field[:width].partition("<<")
        return Document((family,), tuple(given.split("<")), len(field) >= width, (BORN,), "")

    def holder(self, spelling: int, *, givens: int = 2) -> Holder:
        """Write the names into a credential: 0 in their own spelling, 1 as the passport has them."""
        return Holder((self.family[spelling],), tuple(name[spelling] for name in self.given[:givens]), BORN)


Pair = tuple[Holder, Document]


def people(chance: random.Random) -> Iterator[Person]:
    """Make people, each of one language."""
    for _ in range(PEOPLE):
        families, givens = (
            [(own, printed or own.upper()) for own, _, printed in (name.partition("/") for name in names.split())]
            for names in NAMES[chance.choice(list(NAMES))].values()
        )
        first, second = chance.sample(givens, 2)
        yield Person(chance.choice(families), (first, second))


def _misspelt(person: Person, chance: random.Random) -> Holder:
    family = person.family[1]
    at = chance.randrange(len(family))
    wrong = family[:at] + chance.choice("BCDFGKLMNPRST".replace(family[at], "")) + family[at + 1 :]
    return Holder((wrong,), tuple(name[1] for name in person.given), BORN)


def _turned(person: Person) -> Holder:
    return Holder(tuple(name[1] for name in person.given), (person.family[1],), BORN)


def same(chance: random.Random) -> dict[str, Callable[[Person], Pair]]:
    """Give the honest differences between a credential and the same person's passport."""
    return {
        "as the passport has it": lambda one: (one.holder(1), one.passport()),
        "own spelling": lambda one: (one.holder(0), one.passport()),
        "given and family turned": lambda one: (_turned(one), one.passport()),
        "one given name": lambda one: (one.holder(1, givens=1), one.passport()),
        "passport cut off at 16": lambda one: (one.holder(1), one.passport(width=16)),
        "one letter wrong": lambda one: (_misspelt(one, chance), one.passport()),
    }


def others(everybody: list[Person], chance: random.Random) -> dict[str, Callable[[Person], Pair]]:
    """Give the other people whose passport may be shown."""

    def stranger(one: Person) -> Pair:
        apart = [other for other in everybody if other.family != one.family and not set(other.given) & set(one.given)]
        return one.holder(1), chance.choice(apart).passport()

    def twin(one: Person) -> Pair:
        apart = [other for other in everybody if not set(other.given) & set(one.given)]
        return one.holder(1), Person(one.family, chance.choice(apart).given).passport()

    return {"a stranger": stranger, "a twin": twin}


def run() -> bool:
    """Print the rates; true when nobody is taken for somebody else, and nobody for another than themselves."""
    chance = random.Random(1)  # noqa: S311 - a corpus, the same each time
    everybody = list(people(chance))
    print(f"\nholder against passport, {PEOPLE} people of {len(NAMES)} languages, all born on one day")
    print(f"{'shown':<28}{'match':>8}{'unsure':>8}{'mismatch':>10}")
    right = True
    for wrong, rows in ((Truth.FALSE, same(chance)), (Truth.TRUE, others(everybody, chance))):
        for name, show in rows.items():
            counts = Counter(same_person(*show(one)) for one in everybody)
            shares = [counts[answer] / PEOPLE for answer in (Truth.TRUE, Truth.UNKNOWN, Truth.FALSE)]
            print(f"{name:<28}{shares[0]:>8.1%}{shares[1]:>8.1%}{shares[2]:>10.1%}")
            right &= counts[wrong] == 0
    return right


if __name__ == "__main__":
    run()
