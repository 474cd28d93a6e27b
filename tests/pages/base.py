"""What holds for every page family: it can be reached, shown, edited and previewed."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data


class PageFamily:
    """Subclass it with a fixture `page` (a published one) and `form_data(page)` (what its edit form posts)."""

    words = ""  # something of the page's own that stands on it

    @pytest.fixture
    def page(self, site):
        raise NotImplementedError

    def form_data(self, page):
        raise NotImplementedError

    def test_page_is_routable(self, page, client):
        response = client.get(page.get_url())
        assert response.status_code == 200, response

    def test_page_is_renderable(self, page, client):
        html = client.get(page.get_url()).content.decode()
        assert "{{" not in html
        assert "{%" not in html
        assert (self.words or page.title) in html
        assert "style=" not in html
        assert html.count("<h1") == 1

    def test_page_shows_its_edit_form_to_editor(self, page, client_of):
        response = client_of("editor").get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 200
        assert page.title in response.content.decode()

    def test_page_is_editable_by_editor(self, page, client_of):
        data = nested_form_data({**self.form_data(page), "title": page.title + " دوم"})
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = client_of("editor").post(url, data, follow=True)
        assert response.status_code == 200
        page.refresh_from_db()
        errors = {} if "form" not in (response.context or {}) else response.context["form"].errors
        assert page.draft_title.endswith("دوم"), errors

    def test_draft_is_previewable_by_editor(self, page, client_of):
        data = nested_form_data({**self.form_data(page), "title": "عنوان پیش‌نمایش"})
        client = client_of("editor")
        url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        answer = client.post(url, data).json()
        assert answer["is_valid"], answer
        assert "عنوان پیش‌نمایش" in client.get(url).content.decode()
