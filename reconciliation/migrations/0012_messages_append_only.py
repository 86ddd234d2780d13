"""The database itself refuses to rewrite what operator and Vera said to each other."""

from django.db import migrations

TABLE = "reconciliation_explanationmessage"
REFUSAL = "messages are append-only"
SQLITE = tuple(
    f"CREATE TRIGGER message_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    "CREATE FUNCTION message_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    f"CREATE TRIGGER message_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION message_refuse()",
    f"CREATE TRIGGER message_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION message_refuse()",
)


def install(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER message_no_truncate ON {TABLE}")
        schema_editor.execute(f"DROP TRIGGER message_no_change ON {TABLE}")
        schema_editor.execute("DROP FUNCTION message_refuse()")
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER message_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0011_explanation_threads")]
    operations = [migrations.RunPython(install, remove)]
