"""Each obligation that was here before gets a reference of its own, the same in the page's revisions."""

import uuid

from django.db import migrations


def give_references(apps, schema_editor):
    Obligation = apps.get_model("memoranda", "Obligation")
    Revision = apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    given = {}
    for obligation in Obligation.objects.iterator():
        obligation.reference = given[obligation.pk] = uuid.uuid4()
        obligation.save(update_fields=["reference"])
    kind = ContentType.objects.filter(app_label="memoranda", model="memorandumpage").first()
    if kind is None:
        return
    for revision in Revision.objects.filter(content_type=kind).iterator():
        rows = revision.content.get("obligations", [])
        for row in rows:
            row["reference"] = str(given.get(row.get("pk")) or uuid.uuid4())
        if rows:
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ("memoranda", "0002_evidence"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_references, migrations.RunPython.noop)]
