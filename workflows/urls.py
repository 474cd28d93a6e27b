"""Addresses of the review pages."""

from django.urls import path

from workflows import views

app_name = "workflows"

urlpatterns = [
    path("<int:task_state_id>/", views.review, name="review"),
    path("<int:task_state_id>/decide/", views.decide, name="decide"),
    path("<int:task_state_id>/text/", views.text, name="text"),
    path("<int:page_id>/history/", views.history, name="history"),
    path("<int:page_id>/submit/", views.submit, name="submit"),
    path("<int:page_id>/withdraw/", views.withdraw, name="withdraw"),
    path("states/<int:state_id>/recall/", views.recall, name="recall"),
    path("states/<int:state_id>/cancel/", views.cancel, name="cancel"),
    path("translations/<int:translation_id>/submit/", views.submit_translation, name="submit_translation"),
]
