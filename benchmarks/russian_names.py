"""`python -m benchmarks.russian_names`: Russian names in oblique cases back to the nominative.

Each list has 80 names of persons with their forms. A form is brought back alone, and with the case that a sentence
would ask for. The exit status is 1 if a case is below the share of MINIMUM.
"""

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.console import write_report
from claims.extraction.russian.names import Case, nominative

LISTS = sorted((Path(__file__).parents[1] / "tests/extraction/russian/names").glob("*.tsv"))
CASES = {case.name.lower(): case for case in (Case.NOMINATIVE, Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL)}
MINIMUM = {Case.NOMINATIVE: 0.98, Case.GENITIVE: 0.95, Case.DATIVE: 0.85, Case.INSTRUMENTAL: 0.95}


@dataclass(frozen=True, slots=True)
class Form:
    """A name in a case, what it was brought back to, and the gender it showed."""

    text: str
    nominative: str
    result: str
    is_gender_right: bool

    @property
    def is_right(self) -> bool:
        return self.result == self.nominative


def read_forms(path: Path, case: Case, *, is_case_given: bool) -> Iterator[Form]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text = row[case.name.lower()]
            name = nominative(text.split(), case=case if is_case_given else None)
            is_gender_right = row["gender"] == "any" or name.gender == row["gender"]
            yield Form(text, row["nominative"], name.text, is_gender_right)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="append", type=Path, help="a list other than those of the tests")
    parser.add_argument("--errors", action="store_true", help="print each form that was not brought back")
    options = parser.parse_args(arguments)
    lines = ["| list | case | names | alone | in a sentence | gender |", "|---|---|---|---|---|---|"]
    errors, is_enough = [], True
    for path in options.list or LISTS:
        for label, case in CASES.items():
            alone = list(read_forms(path, case, is_case_given=False))
            forms = list(read_forms(path, case, is_case_given=True))
            right = sum(form.is_right for form in forms)
            gender = sum(form.is_gender_right for form in forms)
            is_enough &= right >= MINIMUM[case] * len(forms)
            lines.append(
                f"| {path.stem} | {label} | {len(forms)} | {sum(f.is_right for f in alone)} | {right} | {gender} |"
            )
            errors += [f"{path.stem}: {form.text} -> {form.result}" for form in forms if not form.is_right]
    write_report("\n".join([*lines, *(errors if options.errors else [])]))
    return 0 if is_enough else 1


if __name__ == "__main__":
    sys.exit(main())
