"""What an account comes to is kept with its element; the CoA lines themselves stand in the stored outcome."""

from itertools import groupby

from django.db import migrations, models


def _sums(akun, rows):
    rows = list(rows)
    different = [row for row in rows if row.different]
    return [
        akun,
        sum(row.siap for row in rows),
        sum(row.sai for row in rows),
        len(different),
        sum(row.siap for row in different),
        sum(row.sai for row in different),
        sum(abs(row.siap - row.sai) for row in different),
    ]


def fill(apps, _schema):
    rows = apps.get_model('reconciliation', 'CoaRow').objects.order_by('run_id', 'element', 'id')
    elements = apps.get_model('reconciliation', 'ElementResult').objects
    for (run, element), of_element in groupby(rows.iterator(), lambda row: (row.run_id, row.element)):
        accounts = [_sums(akun, of_akun) for akun, of_akun in groupby(of_element, lambda row: row.akun)]
        elements.filter(run=run, code=element).update(accounts=accounts)


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0016_ledger_without_sent'),
    ]

    operations = [
        migrations.AddField(
            model_name='elementresult',
            name='accounts',
            field=models.JSONField(default=list, help_text='`reconciliation.matching.accounts.AccountSums`, as lists'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
