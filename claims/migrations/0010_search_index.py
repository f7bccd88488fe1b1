"""The trigram index: see `_trigram_index`. On PostgreSQL, this creates the extension pg_trgm, which needs the
database's owner; if another role runs the migrations, an administrator must create the extension first.
"""

from django.db import migrations

from claims.migrations._trigram_index import install_trigram_index, remove_trigram_index


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_conversation")]
    operations = [migrations.RunPython(install_trigram_index, remove_trigram_index)]
