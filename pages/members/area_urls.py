"""An organisation's own area, and what HQ staff decide about it."""

from django.urls import include, path, re_path

from pages.members import area_views, folder_views, letter_views, people_views, share_views

app_name = "ngo"
urlpatterns = [
    path("", include("pages.threads.urls")),
    path("", area_views.index, name="index"),
    path("acting/", area_views.act, name="act"),
    path("join/<str:token>/", people_views.join, name="join"),
    path("shared/", share_views.shared, name="shared"),
    re_path(r"^shared/(?P<kind>page|file)/(?P<pk>[0-9]+)/$", share_views.choose, name="share"),
    path("letters/", letter_views.waiting, name="letters"),
    path("letters/<int:pk>/", letter_views.letter, name="letter"),
    path("memberships/<int:pk>/", letter_views.membership, name="membership"),
    path("relocations/<int:pk>/", letter_views.relocation, name="relocation"),
    path("<int:organization_id>/", folder_views.files, name="files"),
    path("<int:organization_id>/download/", folder_views.download, name="download"),
    path("<int:organization_id>/folders/add/", folder_views.add_folder, name="add_folder"),
    path("<int:organization_id>/folders/<int:folder_id>/", folder_views.files, name="folder"),
    path(
        "<int:organization_id>/folders/<int:folder_id>/change/",
        folder_views.change_folder,
        name="change_folder",
    ),
    path(
        "<int:organization_id>/folders/<int:folder_id>/download/",
        folder_views.download,
        name="download_folder",
    ),
    path(
        "<int:organization_id>/files/<int:document_id>/change/", folder_views.change_file, name="change_file"
    ),
    path("<int:organization_id>/people/", people_views.people, name="people"),
    path("<int:organization_id>/people/invite/", people_views.invite, name="invite"),
    path("<int:organization_id>/people/hand-over/", people_views.hand_over, name="hand_over"),
    path(
        "<int:organization_id>/people/letter/<int:pk>/invite-again/",
        people_views.invite_again,
        name="invite_again",
    ),
    path(
        "<int:organization_id>/people/letter/<int:pk>/end/",
        people_views.end,
        {"kind": "letter"},
        name="end_letter",
    ),
    path(
        "<int:organization_id>/people/seat/<int:pk>/end/", people_views.end, {"kind": "seat"}, name="end_seat"
    ),
]
