import datetime as dt

import pytest
from django import forms
from django.utils import timezone, translation

from intranet.ui.blocks import JalaliDateBlock, JalaliDateTimeBlock
from intranet.ui.fields import JalaliDateField, JalaliDateTimeField
from intranet.ui.widgets import JalaliDateInput, JalaliDateTimeInput, JalaliTimeInput

DAY = dt.date(2022, 4, 6)


class Form(forms.Form):
    day = JalaliDateField()
    moment = JalaliDateTimeField(required=False)


class PlainForm(forms.Form):
    day = forms.DateField(widget=JalaliDateInput)
    moment = forms.DateTimeField(widget=JalaliDateTimeInput, required=False)
    time = forms.TimeField(widget=JalaliTimeInput, required=False)


@pytest.mark.parametrize("typed", ["۱۴۰۱/۱/۱۷", "1401/01/17", "۱۷ فروردین ۱۴۰۱", "2022-04-06"])
@pytest.mark.parametrize("form_class", [Form, PlainForm])
def test_typed_date_becomes_gregorian(form_class: type[forms.Form], typed: str) -> None:
    form = form_class({"day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == DAY


@pytest.mark.parametrize("form_class", [Form, PlainForm])
def test_typed_moment_becomes_aware_local_time(form_class: type[forms.Form]) -> None:
    form = form_class({"day": "1401/1/17", "moment": "۱۷ فروردین ۱۴۰۱ - ۰۹:۰۵"})
    assert form.is_valid(), form.errors
    moment = form.cleaned_data["moment"]
    assert timezone.is_aware(moment)
    assert timezone.localtime(moment).replace(tzinfo=None) == dt.datetime.combine(DAY, dt.time(9, 5))


def test_day_without_a_time_is_the_beginning_of_the_day() -> None:
    form = Form({"day": "1401/1/17", "moment": "1401/1/17"})
    assert form.is_valid()
    assert timezone.localtime(form.cleaned_data["moment"]).time() == dt.time()


def test_impossible_date_is_refused_with_its_reason_and_kept_as_typed() -> None:
    with translation.override("fa"):
        form = Form({"day": "۱۴۰۲/۱۲/۳۰", "moment": "امروز"})
        assert not form.is_valid()
        assert form.errors["day"] == ["اسفند ۱۴۰۲ روز ۳۰ ندارد."]
        assert "moment" in form.errors
        assert 'value="۱۴۰۲/۱۲/۳۰"' in str(form["day"])


def test_empty_required_date_is_refused_as_missing() -> None:
    assert "required" in Form({"day": ""}).errors.as_data()["day"][0].code


def test_widget_shows_jalali_of_what_is_stored() -> None:
    form = Form(initial={"day": DAY, "moment": dt.datetime(2022, 4, 6, 5, 0, tzinfo=dt.UTC)})
    with timezone.override("Etc/GMT-4"):
        assert 'value="1401/01/17"' in str(form["day"])
        assert 'value="1401/01/17 09:00"' in str(form["moment"])


def test_widget_is_a_plain_text_input_without_scripts() -> None:
    html = str(Form()["day"])
    assert 'type="text"' in html
    assert "data-jalali" in html
    assert "<script" not in html
    assert " on" not in html.replace(" on-", "")


def test_unchanged_bound_value_has_not_changed() -> None:
    form = Form({"day": "۱۴۰۱/۱/۱۷"}, initial={"day": DAY})
    assert not form.has_changed()


def test_time_in_persian_digits_is_read() -> None:
    form = PlainForm({"day": "1401/1/17", "time": "۰۹:۰۵"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["time"] == dt.time(9, 5)


def test_date_block_stores_gregorian_and_shows_jalali() -> None:
    block = JalaliDateBlock(required=False)
    typed = block.value_from_datadict({"d": "۱۷ فروردین ۱۴۰۱"}, {}, "d")
    assert block.clean(typed) == DAY
    assert block.get_prep_value(DAY) == DAY
    assert block.to_python("2022-04-06") == DAY
    assert block.get_form_state(DAY) == "1401/01/17"


def test_datetime_block_keeps_the_moment_through_storage() -> None:
    block = JalaliDateTimeBlock()
    moment = block.clean(block.value_from_datadict({"d": "1401/1/17 09:05"}, {}, "d"))
    assert timezone.is_aware(moment)
    assert block.to_python(moment.isoformat()) == moment
    assert block.get_form_state(moment) == "1401/01/17 09:05"
