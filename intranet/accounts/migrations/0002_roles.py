from django.db import migrations


def make_roles(apps, schema_editor):
    from intranet.accounts.roles import GROUP_NAMES

    group = apps.get_model("auth", "Group")
    group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    for name in GROUP_NAMES.values():
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
