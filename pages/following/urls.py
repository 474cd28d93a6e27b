"""Resolutions: the control board, each by itself, its follow-ups."""

from django.urls import path

from pages.following import views

app_name = "following"

urlpatterns = [
    path("", views.board, name="board"),
    path("<int:pk>/", views.resolution, name="resolution"),
    path("<int:pk>/act/", views.act, name="act"),
    path("<int:pk>/follow-ups/new/", views.add, name="add"),
    path("follow-ups/<int:pk>/", views.follow_up, name="follow_up"),
    path("follow-ups/<int:pk>/evidence/<int:evidence_id>/", views.decide, name="decide"),
]
