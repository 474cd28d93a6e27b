"""Names that hold on SQLite and would not on PostgreSQL."""

from django.apps import apps


def test_no_constraint_or_index_is_named_as_a_table():
    """PostgreSQL keeps tables and indexes in one space of names."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models}
    names = {each.name for model in models for each in (*model._meta.constraints, *model._meta.indexes)}
    assert not names & tables
