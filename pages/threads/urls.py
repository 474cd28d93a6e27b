"""Threads, as a part of the organisation's area."""

from django.urls import path

from pages.threads import views

urlpatterns = [
    path("threads/", views.queue, name="queue"),
    path("threads/<int:pk>/", views.thread, name="thread"),
    path("threads/<int:pk>/receipt/", views.receipt, name="receipt"),
    path("threads/<int:pk>/act/", views.act, name="thread_act"),
    path("threads/<int:pk>/messages/<int:message_id>/hide/", views.hide, name="hide_message"),
    path("<int:organization_id>/threads/", views.of_organization, name="threads"),
    path("<int:organization_id>/threads/new/", views.new, name="new_thread"),
]
