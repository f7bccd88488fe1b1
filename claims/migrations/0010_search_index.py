"""Parts of words are found by an index: see `_trigrams`. On PostgreSQL this makes the extension pg_trgm, which the
database's owner may; where that is another than who migrates, an administrator makes it beforehand.
"""

from django.db import migrations

from claims.migrations._trigram_index import install_trigram_index, remove_trigram_index


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_conversation")]
    operations = [migrations.RunPython(install_trigram_index, remove_trigram_index)]
