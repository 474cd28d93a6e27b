"""The obligations of memoranda."""

from django.urls import path

from pages.memoranda import obligation_views

app_name = "obligations"

urlpatterns = [
    path("<int:page_id>/<uuid:reference>/", obligation_views.obligation, name="obligation"),
    path("<int:page_id>/<uuid:reference>/<int:pk>/act/", obligation_views.act, name="act"),
]
