"""The database itself refuses to change or remove a leaf of the log."""

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER audit_leaf_stays BEFORE UPDATE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER audit_leaf_kept BEFORE DELETE ON audit_leaf BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)
POSTGRES = (
    "CREATE FUNCTION audit_leaf_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE TRIGGER audit_leaf_stays BEFORE UPDATE OR DELETE ON audit_leaf "
    "FOR EACH ROW EXECUTE FUNCTION audit_leaf_refuse()",
)
UNDO = {
    "sqlite": ("DROP TRIGGER audit_leaf_stays", "DROP TRIGGER audit_leaf_kept"),
    "postgresql": ("DROP TRIGGER audit_leaf_stays ON audit_leaf", "DROP FUNCTION audit_leaf_refuse()"),
}


def make(apps, schema_editor):
    for line in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(line)


def undo(apps, schema_editor):
    for line in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(line)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(make, undo)]
