"""PDF signatures, envelopes that a new server key can seal again, activations, and the CA's register.

Envelopes of the first form cannot be turned into the new one without the PIN: keys made before are retired,
and their owners set a PIN anew. What they signed stays valid.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import erekon.lib.files


def retire_old_keys(apps, schema_editor):
    apps.get_model("bar", "SignerKey").objects.filter(retired_at__isnull=True).update(
        retired_at=django.utils.timezone.now()
    )
    apps.get_model("bar", "SignerKey").objects.update(envelope=b"")
    apps.get_model("bar", "SignerPin").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("bar", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("signerkey", "wrapped", "envelope"),
        migrations.RemoveField("signerpin", "hash"),
        migrations.AddField(
            "signature",
            "document",
            erekon.lib.files.StoredFileField(
                blank=True,
                default="",
                help_text="The PDF as it stood with this signature as its last",
                max_length=64,
            ),
        ),
        migrations.AddField("signerkey", "vault", models.CharField(default="BAWAAN", max_length=10)),
        migrations.AddField(
            "signerkey",
            "revoked_from",
            models.DateTimeField(blank=True, help_text="Signatures from here on do not count", null=True),
        ),
        migrations.AddField("signerkey", "revoked_reason", models.CharField(blank=True, max_length=200)),
        # Last: PostgreSQL alters no table whose rows were changed in the same transaction.
        migrations.RunPython(retire_old_keys, migrations.RunPython.noop),
    ]
