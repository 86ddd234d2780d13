"""By itself: PostgreSQL alters no table in the transaction that has just filled another from it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0015_ledger_sent'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='ledgerrow',
            name='columns',
        ),
    ]
