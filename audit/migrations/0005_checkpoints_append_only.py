"""Checkpoints are append-only like the events they speak of, on both engines."""

from django.db import migrations

REFUSE = "BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END"
SQLITE = {
    "update": f"BEFORE UPDATE ON audit_checkpoint {REFUSE}",
    "delete": f"BEFORE DELETE ON audit_checkpoint {REFUSE}",
    "replace": "BEFORE INSERT ON audit_checkpoint WHEN EXISTS "
    f"(SELECT 1 FROM audit_checkpoint WHERE seq = NEW.seq OR id = NEW.id) {REFUSE}",
}
POSTGRESQL = {
    "change": "BEFORE UPDATE OR DELETE ON audit_checkpoint "
    "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
    "truncate": "BEFORE TRUNCATE ON audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
}


def _triggers(schema_editor):
    return POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE


def install(apps, schema_editor):
    for name, rule in _triggers(schema_editor).items():
        schema_editor.execute(f"CREATE TRIGGER audit_checkpoint_no_{name} {rule}")


def remove(apps, schema_editor):
    table = " ON audit_checkpoint" if schema_editor.connection.vendor == "postgresql" else ""
    for name in _triggers(schema_editor):
        schema_editor.execute(f"DROP TRIGGER audit_checkpoint_no_{name}{table}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_checkpoints")]
    operations = [migrations.RunPython(install, remove)]
