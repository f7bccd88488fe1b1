"""Where a quote stands in a PDF or a recording."""

from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler
from rest_framework import serializers

from claims.resources.fields import ComputedField, FilteredRelations
from claims.resources.sql.expressions import CompiledSQL


class PositionLabel(Func):
    """The label of the last position at or before an offset, as in `Snapshot.position_at`."""

    output_field = TextField()
    arity = 2

    def as_sqlite(self, compiler: SQLCompiler, *_: object, **__: object) -> CompiledSQL:
        template = (
            "(SELECT json_extract(p.value, '$[1]') FROM json_each({}) p WHERE json_extract(p.value, '$[0]') <= {}"
            " ORDER BY p.key DESC LIMIT 1)"
        )
        return self._fill(template, compiler)

    def as_postgresql(self, compiler: SQLCompiler, *_: object, **__: object) -> CompiledSQL:
        template = (
            "(SELECT p.value->>1 FROM jsonb_array_elements({}) WITH ORDINALITY p (value, n)"
            " WHERE (p.value->>0)::int <= {} ORDER BY p.n DESC LIMIT 1)"
        )
        return self._fill(template, compiler)

    def _fill(self, template: str, compiler: SQLCompiler) -> CompiledSQL:
        (positions, first), (offset, second) = map(compiler.compile, self.get_source_expressions())
        return template.format(positions, offset), [*first, *second]


class PositionField(ComputedField, serializers.CharField):
    def __init__(self) -> None:
        super().__init__(
            read_only=True,
            help_text="Where the quote begins in a PDF (`p. 3`) or a recording (`00:12:31`). Empty for other sources.",
        )

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        return Coalesce(
            PositionLabel(f"{prefix}snapshot__positions", f"{prefix}start"), Value(""), output_field=TextField()
        ), {}
