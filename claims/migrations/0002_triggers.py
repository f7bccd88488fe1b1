"""Triggers for invariants that span two tables. See `_invariant_triggers` for them, and for how a later migration
alters one of their tables (`remove_invariant_triggers` first, `install_invariant_triggers` last).
"""

from django.db import migrations

from claims.migrations._invariant_triggers import install_invariant_triggers, remove_invariant_triggers


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunPython(install_invariant_triggers, remove_invariant_triggers)]
