"""By itself: PostgreSQL drops no table in the transaction that has just read it to fill another."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0017_account_sums'),
    ]

    operations = [
        migrations.DeleteModel(name='CoaRow'),
    ]
