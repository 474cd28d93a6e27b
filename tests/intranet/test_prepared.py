"""A prepared query gives what the queryset gives, for every value, also after the rows changed."""

import datetime

import pytest
from django.db.models import Value

from intranet.outbox.models import ClockRun, Row
from intranet.prepared import Prepared

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 21)


def _rows():
    return Row.objects.order_by("pk").values_list("key")


def _make(key, *, attempts=0, created=DAY):
    row = Row.objects.create(
        consumer="nobody",
        topic="nothing",
        key=key,
        attempts=attempts,
        available_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
    Row.objects.filter(pk=row.pk).update(
        created_at=datetime.datetime.combine(created, datetime.time(12), datetime.UTC)
    )


def test_rows_follow_the_values_and_the_database():
    asked = Prepared(lambda *attempts: _rows().filter(attempts__in=attempts, consumer="nobody"), int, int)
    assert asked.rows(1, 2) == []
    _make("one", attempts=1)
    _make("two", attempts=2)
    _make("three", attempts=3)
    assert asked.rows(1, 2) == [("one",), ("two",)]
    assert asked.rows(3, 3) == [("three",)]


def test_rows_of_a_dated_query_follow_the_day():
    asked = Prepared(
        lambda day, attempts: (
            Row.objects.filter(attempts=attempts, created_at__date__lte=day).order_by("pk").values_list("key")
        ),
        *(datetime.date, int),
    )
    _make("before", created=DAY - datetime.timedelta(days=1))
    _make("after", created=DAY + datetime.timedelta(days=1))
    assert asked.rows(DAY, 0) == [("before",)]
    assert asked.rows(DAY + datetime.timedelta(days=1), 0) == [("before",), ("after",)]


def test_rows_without_values():
    assert Prepared(lambda: ClockRun.objects.filter(name="none").values_list("name")).rows() == []


def test_objects_are_those_of_the_queryset():
    _make("one", attempts=1)
    asked = Prepared(
        lambda key, since: Row.objects.filter(key=key, created_at__gt=since), str, datetime.datetime
    )
    noon = datetime.datetime.combine(DAY, datetime.time(12), datetime.UTC)
    (found,) = asked.objects("one", noon - datetime.timedelta(seconds=1))
    expected = Row.objects.get(key="one")
    assert {field.name: getattr(found, field.name) for field in Row._meta.concrete_fields} == {
        field.name: getattr(expected, field.name) for field in Row._meta.concrete_fields
    }
    assert asked.objects("one", noon) == []
    assert asked.objects("it's another", noon) == []


def test_objects_of_an_inherited_model_are_whole(site):
    from pages.home.models import HomePage

    page = HomePage.objects.first()
    (found,) = Prepared(lambda number: HomePage.objects.filter(pk=number), int).objects(page.pk)
    assert (found, found.title, found.body, found.live) == (page, page.title, page.body, page.live)


def test_objects_with_more_than_their_columns_are_refused(site):
    from pages.home.models import HomePage

    with pytest.raises(ValueError, match="one model"):
        Prepared(lambda: HomePage.objects.select_related("locale")).objects()
    with pytest.raises(ValueError, match="one model"):
        Prepared(lambda: HomePage.objects.annotate(more=Value(1))).objects()


def test_value_that_the_query_does_not_use_is_refused():
    with pytest.raises(ValueError, match="not in its SQL"):
        Prepared(lambda number: Row.objects.all(), int).rows(1)
