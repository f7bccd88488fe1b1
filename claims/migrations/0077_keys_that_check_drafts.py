from django.db import migrations, models

SCOPES = [
    ("read", "Read"),
    ("intake", "Read, and send in articles"),
    ("check", "Read, and check drafts"),
    ("check-all", "Read, and check drafts against all that is stored, unpublished too"),
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0076_quote_outlet_help")]

    operations = [
        migrations.RemoveConstraint(model_name="readerkey", name="reader_key_scope_is_known"),
        migrations.AlterField(
            model_name="readerkey",
            name="scope",
            field=models.CharField(choices=SCOPES, default="read", max_length=12, verbose_name="may"),
        ),
        migrations.AddConstraint(
            model_name="readerkey",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope__in", [scope for scope, _ in SCOPES])), name="reader_key_scope_is_known"
            ),
        ),
    ]
