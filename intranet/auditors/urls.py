"""`/audit/`: the record of acts."""

from django.urls import path

from intranet.auditors import views

app_name = "audit"
urlpatterns = [
    path("", views.events, name="events"),
    path("export/<str:kind>/", views.export, name="export"),
]
