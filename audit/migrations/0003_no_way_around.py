"""Two ways around the append-only triggers are closed: REPLACE on SQLite, TRUNCATE on PostgreSQL.

SQLite fires delete triggers for a REPLACE only on connections that ask for recursive triggers; this one
holds on every connection.
"""

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event "
    "WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq OR id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"
)
POSTGRESQL = (
    "CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"
)


def install(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_event_no_truncate ON audit_event")
    else:
        schema_editor.execute("DROP TRIGGER audit_event_no_replace")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
