"""Who can read what and why, asking to be let in, and broken glass."""

from django.urls import path

from intranet.access import asking_views, glass_views, views

app_name = "access"
urlpatterns = [
    path("page/<int:pk>/", views.readers, {"kind": "page"}, name="page"),
    path("page/<int:pk>/revoke/", views.revoke, {"kind": "page"}, name="revoke"),
    path("document/<int:pk>/", views.readers, {"kind": "document"}, name="document"),
    path("document/<int:pk>/revoke/", views.revoke, {"kind": "document"}, name="revoke_document"),
    path("image/<int:pk>/", views.readers, {"kind": "image"}, name="image"),
    path("image/<int:pk>/revoke/", views.revoke, {"kind": "image"}, name="revoke_image"),
    path("ask/", asking_views.ask, name="ask"),
    path("requests/<int:pk>/", asking_views.answer, name="request"),
    path("glass/", glass_views.glass, name="glass"),
    path("glass/<int:pk>/", glass_views.opening, name="glass_opening"),
]
