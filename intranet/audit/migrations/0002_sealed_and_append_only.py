"""Personal values under keys, the chain in links of its own, and triggers that let nobody change either.

What was recorded before is sealed and linked anew: the first hash chain covered the open values.
"""

from django.conf import settings
from django.db import migrations, models

PERSONAL = "accounts.User"
TABLES = ("audit_event", "audit_link")

POSTGRESQL = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
END
$$;
"""
POSTGRESQL_TABLE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
"""
SQLITE_TABLE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: UPDATE is refused'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: DELETE is refused'); END",
    # INSERT OR REPLACE removes rows without asking the trigger above
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
    " WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}{or_event})"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is append-only: REPLACE is refused'); END",
)
KEYS = {
    "audit_event": {"key": "id", "or_event": ""},
    "audit_link": {"key": "position", "or_event": " OR event_number = NEW.event_number"},
}


def seal_and_link(apps, schema_editor):
    """Seal the names of what was recorded, and make its links."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from intranet.audit.chain import GENESIS, digest_of
    from intranet.audit.sealing import sealed_with

    Event, Link, PersonKey = (apps.get_model("audit", name) for name in ("Event", "Link", "PersonKey"))
    keys = {}

    def sealed(number, value):
        if not value:
            return value
        if number not in keys:
            keys[number], _ = PersonKey.objects.get_or_create(
                person=f"{settings.AUTH_USER_MODEL}:{number}",
                defaults={"secret": AESGCM.generate_key(256)},
            )
        return sealed_with(keys[number].pk, bytes(keys[number].secret), value)

    previous, position = GENESIS, 0
    for event in Event.objects.order_by("id").iterator():
        if event.actor_id is not None:
            event.actor_sealed = sealed(event.actor_id, event.actor_sealed)
        if event.target_type == PERSONAL:
            event.target_sealed = sealed(event.target_id, event.target_sealed)
            event.detail_sealed = sealed(event.target_id, event.detail_sealed)
        event.save()
        event.refresh_from_db()
        position += 1
        digest = digest_of(event, position, previous)
        Link.objects.create(position=position, event_number=event.pk, previous=previous, digest=digest)
        previous = digest


def close(apps, schema_editor):
    """Let nobody change what is recorded, the site itself included."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TABLE.format(table=table), params=None)
    else:
        for table in TABLES:
            for statement in SQLITE_TABLE:
                schema_editor.execute(statement.format(table=table, **KEYS[table]), params=None)


def open_again(apps, schema_editor):
    """Take the triggers away."""
    last = "truncate" if schema_editor.connection.vendor == "postgresql" else "replace"
    for table in TABLES:
        for act in ("update", "delete", last):
            on = f" ON {table}" if last == "truncate" else ""
            schema_editor.execute(f"DROP TRIGGER {table}_no_{act}{on}")
    if last == "truncate":
        schema_editor.execute("DROP FUNCTION audit_is_append_only()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="audit_event_target__92b051_idx"),
        migrations.RenameField("event", "actor_name", "actor_sealed"),
        migrations.RenameField("event", "target_name", "target_sealed"),
        migrations.RenameField("event", "detail", "detail_sealed"),
        migrations.RemoveField("event", "previous"),
        migrations.RemoveField("event", "digest"),
        migrations.AlterField("event", "at", models.DateTimeField(verbose_name="at")),
        migrations.AlterField(
            "event", "actor_id", models.PositiveBigIntegerField(null=True, verbose_name="actor number")
        ),
        migrations.AlterField("event", "verb", models.CharField(max_length=60, verbose_name="act")),
        migrations.AlterField("event", "actor_sealed", models.TextField(blank=True, verbose_name="actor")),
        migrations.AlterField("event", "target_sealed", models.TextField(blank=True, verbose_name="target")),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=120, unique=True, verbose_name="person")),
                ("secret", models.BinaryField(max_length=32)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "position",
                    models.PositiveBigIntegerField(
                        primary_key=True, serialize=False, verbose_name="place in the chain"
                    ),
                ),
                ("event_number", models.PositiveBigIntegerField(unique=True, verbose_name="event")),
                ("previous", models.CharField(max_length=64, verbose_name="hash of the link before")),
                ("digest", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "link of the chain",
                "verbose_name_plural": "links of the chain",
                "ordering": ["position"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex("event", models.Index(fields=["at", "id"], name="audit_at")),
        migrations.AddIndex("event", models.Index(fields=["actor_id", "at", "id"], name="audit_actor")),
        migrations.AddIndex("event", models.Index(fields=["verb", "at", "id"], name="audit_verb")),
        migrations.AddIndex(
            "event", models.Index(fields=["actor_id", "verb", "at", "id"], name="audit_actor_verb")
        ),
        migrations.AddIndex("event", models.Index(fields=["target_type", "at", "id"], name="audit_type")),
        migrations.AddIndex(
            "event", models.Index(fields=["target_type", "target_id", "at", "id"], name="audit_target")
        ),
        migrations.RunPython(seal_and_link, migrations.RunPython.noop),
        migrations.RunPython(close, open_again),
    ]
