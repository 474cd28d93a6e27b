"""The work on amendments."""

from django.urls import path

from pages.bylaws import amendment_views

app_name = "amendments"

urlpatterns = [
    path("", amendment_views.waiting, name="waiting"),
    path("of/<int:page_id>/", amendment_views.add, name="add"),
    path("stub/", amendment_views.stub, name="stub"),
    path("<int:pk>/", amendment_views.amendment, name="amendment"),
    path("<int:pk>/act/", amendment_views.act, name="act"),
]
