"""Known passwords are ties between accounts now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0086_ties_of_stored_accounts")]

    operations = [migrations.DeleteModel(name="PasswordKnowledge")]
