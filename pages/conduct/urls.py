"""Meetings in progress."""

from django.urls import path

from pages.conduct import views

app_name = "conduct"

urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.call, name="call"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/room/", views.room, name="room"),
    path("<int:pk>/correct/", views.correct, name="correct"),
    path("<int:pk>/corrections/<int:correction_id>/", views.decide, name="decide"),
]
