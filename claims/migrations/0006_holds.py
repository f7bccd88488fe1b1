import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_operations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hold', to='claims.quote')),
                ('editor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hold', to=settings.AUTH_USER_MODEL)),
                ('until', models.DateTimeField()),
            ],
            options={
                'ordering': ['until', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='quote',
            index=models.Index(condition=models.Q(('speaker', None)), fields=['decision', 'snapshot', 'start', 'id'], name='quote_queue_of_nobody_known'),
        ),
    ]
