"""What a derived object is: a trigger, its function, or a table or index of a search that other tables determine."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.db.backends.base.base import BaseDatabaseWrapper

SIGNATURE = "factbase sha256:"  # begins the signature that an object in the database carries


class ObjectKind(StrEnum):
    FUNCTION = "function"
    TABLE = "table"
    INDEX = "index"
    TRIGGER = "trigger"


@dataclass(frozen=True)
class DerivedObject:
    """An object and the statements that create it; for a table and an index, of all rows that there are.

    `table` is the table that a trigger is on. A hash of the statements is stored with the object, on PostgreSQL as its
    comment, on SQLite as a comment within its SQL. A statement about what its result depends on besides, such as the
    tokenizer, therefore has to be part of the SQL.
    """

    kind: ObjectKind
    name: str
    statements: tuple[str, ...]
    table: str = ""

    @property
    def signature(self) -> str:
        return SIGNATURE + hashlib.sha256("\n".join(self.statements).encode()).hexdigest()

    def signed_statements(self, vendor: str) -> list[str]:
        """Returns the statements that create the object with its signature."""
        if vendor == "postgresql":
            place = f"{self.name} ON {self.table}" if self.kind == ObjectKind.TRIGGER else self.name
            return [*self.statements, f"COMMENT ON {self.kind.upper()} {place} IS '{self.signature}'"]
        first, *others = self.statements
        return [first.replace(f" {self.name} ", f" {self.name} /* {self.signature} */ ", 1), *others]

    def create(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            for statement in self.signed_statements(connection.vendor):
                cursor.execute(statement)


def trigger(name: str, table: str, statement: str) -> DerivedObject:
    return DerivedObject(ObjectKind.TRIGGER, name, (statement,), table)


def function(name: str, statement: str) -> DerivedObject:
    return DerivedObject(ObjectKind.FUNCTION, name, (statement,))
