"""What the rows of a satker's ledger come to without their signs, kept so that loading never has to add them up."""

from collections import Counter

from django.db import migrations, models

MOST = 2**63 - 1


def fill(apps, _schema):
    totals = Counter()
    # Added up here: what SQLite sums it sums in 64 bits, and a ledger may hold more.
    rows = apps.get_model('reconciliation', 'LedgerRow').objects.values_list('satker', 'rphreal')
    for satker, amount in rows.iterator():
        totals[satker] += abs(amount)
    states = apps.get_model('reconciliation', 'LedgerState').objects
    for satker, total in totals.items():
        states.filter(satker=satker).update(absolute_total=min(total, MOST))


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0018_without_coa_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='ledgerstate',
            name='absolute_total',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
