"""The strings of readers' pages that can be translated, found in their templates and code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

from claims.models import CorrectedFieldName
from claims.models.rating import DEFAULT_RATINGS
from claims.services.changefeed.removals import CAUSE_DETAILS, REJECTION_DETAILS, RETRACTED_CLAIM
from claims.services.claims.correction_entries import FIXED_TEXTS, VERDICT_TEXTS

APP: Path = settings.BASE_DIR / "claims"
TEMPLATES = [APP / "templates" / "404.html", *sorted((APP / "templates" / "claims" / "pages").rglob("*.html"))]
# Wherever a module calls gettext: the admin and the API are in English and call none.
MODULES = sorted(path for path in APP.rglob("*.py") if "migrations" not in path.parts)
FUNCTIONS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
_STRING = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(npgettext|pgettext|ngettext|gettext|_)\({_STRING}(?:, ?{_STRING})?(?:, ?{_STRING})?")

Message = tuple[str | None, str, str | None]  # context, text, plural


def _message(function: str, texts: list[str]) -> Message:
    context = texts.pop(0) if "pgettext" in function else None
    return context, texts[0], texts[1] if function.startswith("n") else None


def template_strings(source: str) -> Iterator[Message]:
    for function, *literals in _CALL.findall(templatize(source)):
        yield _message(function, [ast.literal_eval(literal) for literal in literals if literal])


def code_strings(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            function = node.func.id.removesuffix("_lazy")
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if function in FUNCTIONS and texts:
                yield _message(function, texts)


def interface_strings() -> dict[Message, str]:
    """Returns every string, with the file that it is first in."""
    strings: dict[Message, str] = {}
    for path in TEMPLATES:
        for message in template_strings(path.read_text(encoding="utf-8")):
            strings.setdefault(message, path.relative_to(APP).as_posix())
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        if "gettext" in source:
            for message in code_strings(source):
                strings.setdefault(message, path.relative_to(APP).as_posix())
    # Translated where they are shown: the admin and the API show them in English.
    for text in (*CAUSE_DETAILS.values(), *REJECTION_DETAILS.values(), RETRACTED_CLAIM):
        strings.setdefault((None, text, None), "services/changefeed/removals.py")
    for text in FIXED_TEXTS | VERDICT_TEXTS:
        strings.setdefault((None, text, None), "services/claims/correction_entries.py")
    for text in (*DEFAULT_RATINGS, *DEFAULT_RATINGS.values()):
        strings.setdefault((None, text, None), "models/rating.py")
    for label in CorrectedFieldName.labels:
        strings.setdefault((None, str(label).capitalize(), None), "models/corrected_field.py")
    return strings
