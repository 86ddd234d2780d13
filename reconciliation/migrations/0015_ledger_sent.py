"""What the KPPN sent moves out of the rows that every run reads."""

import django.db.models.deletion
from django.db import migrations, models

_OUT = """
    INSERT INTO reconciliation_ledgersent (row_id, columns) SELECT id, columns FROM reconciliation_ledgerrow
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0014_run_inputs'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerSent',
            fields=[
                ('row', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='sent', serialize=False, to='reconciliation.ledgerrow')),
                ('columns', models.JSONField(help_text='Every column of LAK as sent')),
            ],
        ),
        migrations.RunSQL(_OUT),
    ]
