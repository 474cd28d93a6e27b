"""Addresses of the interface room."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [path("", views.style_guide, name="style-guide")]
