"""Fills the kind of mention and the confidence of the speaker of stored quotes.

The kind is told from the words of the mention. The confidence is the extractor's lower bound for that kind, or 1 where
an editor set the speaker.
"""

import re

from django.db import migrations
from django.db.models import Exists, OuterRef

PRONOUN = re.compile(
    r"he|she|they|it|i|we|you|him|her|them|me|us|his|hers|who|which|that|this|these|those|one|each|both",
    re.IGNORECASE,
)
DETERMINER = re.compile(
    r"a|all|an|another|any|both|each|every|few|her|his|its|many|more|most|my|no|one|other|our|several|some|that|the"
    r"|their|these|this|those|two|three|four|five",
    re.IGNORECASE,
)
# Also the small words in names, and what is no letter.
NAME_WORD = re.compile(
    r"[^a-z].*|of|and|for|the|on|in|de|del|della|der|den|di|da|du|la|le|van|von|bin|ibn|al|el", re.DOTALL
)
UPPERCASE_NAMES = frozenset({"US", "WHO", "IT"})  # names that are pronouns in lower case
SPEAKER_CONFIDENCE = {"name": 0.95, "pronoun": 0.9, "nominal": 0.5}
SET_BY_EDITOR = 1.0
BATCH_SIZE = 500


def mention_kind(mention):
    words = mention.split()
    if len(words) == 1 and PRONOUN.fullmatch(mention) and mention not in UPPERCASE_NAMES:
        return "pronoun"
    if words and DETERMINER.fullmatch(words[0]):  # "The White House", but "the Russian president"
        words = words[1:]
    return "name" if words and all(map(NAME_WORD.fullmatch, words)) else "nominal"


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    quotes = apps.get_model("claims", "quote").objects.using(alias).order_by()
    history = apps.get_model("claims", "historicalquote").objects.using(alias).order_by()
    for rows in (quotes, history):
        fill_mention_kinds(rows)
        found = rows.filter(speaker__isnull=False)
        for kind, confidence in SPEAKER_CONFIDENCE.items():
            found.filter(mention_kind=kind).update(speaker_confidence=confidence)
        found.filter(extractor="editor").update(speaker_confidence=SET_BY_EDITOR)
    choices = history.filter(history_cause="speaker_set", speaker__isnull=False)
    choices.update(speaker_confidence=SET_BY_EDITOR)
    is_chosen = Exists(choices.filter(id=OuterRef("pk"), speaker=OuterRef("speaker")))
    quotes.filter(is_chosen).update(speaker_confidence=SET_BY_EDITOR)


def fill_mention_kinds(rows):
    ids = {kind: [] for kind in SPEAKER_CONFIDENCE}
    for pk, mention in rows.exclude(mention="").values_list("pk", "mention"):
        ids[mention_kind(mention)].append(pk)
    for kind, pks in ids.items():
        for start in range(0, len(pks), BATCH_SIZE):
            rows.filter(pk__in=pks[start : start + BATCH_SIZE]).update(mention_kind=kind)


class Migration(migrations.Migration):
    dependencies = [("claims", "0022_quote_speaker_confidence")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
