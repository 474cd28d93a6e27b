"""Sign-in, sign-out, passwords, one's own account."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from intranet.accounts import (
    data_views,
    invitation_views,
    outside_views,
    people_views,
    second_step_views,
    security_views,
    token_views,
    views,
)

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("tokens/", token_views.mine, name="tokens"),
    path("tokens/<int:pk>/revoke/", token_views.revoke, name="revoke_token"),
    path("login/", views.SignIn.as_view(), name="login"),
    path("login/second/", second_step_views.second_step, name="second_step"),
    path("login/passkey/", second_step_views.passkey, name="passkey"),
    path("login/passkey/options/", second_step_views.passkey_options, name="passkey_options"),
    path("confirm/", second_step_views.confirm, name="confirm"),
    path("security/", security_views.security, name="security"),
    path("security/app/", security_views.app, name="app"),
    path("security/passkeys/add/", security_views.add_passkey, name="add_passkey"),
    path("security/codes/", security_views.new_codes, name="new_codes"),
    path("security/remove/", security_views.remove, name="remove_factor"),
    path("security/sessions/end/", security_views.end_sessions, name="end_sessions"),
    path("outside/", outside_views.start, name="outside"),
    path("outside/return/", outside_views.come_back, name="outside_return"),
    path("outside/unlink/", outside_views.unlink, name="unlink_outside"),
    path("data/", data_views.mine, name="data"),
    path("data/download/", data_views.download, name="data_download"),
    path("data/erase/", data_views.ask_to_erase, name="ask_to_erase"),
    path("proposals/", people_views.listed, name="proposals"),
    path("proposals/<int:pk>/", people_views.decide, name="decide"),
    path("people/<int:pk>/", people_views.person, name="person"),
    path("people/<int:pk>/change/", people_views.change, name="change_person"),
    path("invitation/<str:signed>/", invitation_views.accept, name="accept"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("password/reset/", views.ResetRequest.as_view(), name="password_reset"),
    path("password/reset/sent/", views.ResetSent.as_view(), name="password_reset_sent"),
    path("password/reset/<uidb64>/<token>/", views.ResetConfirm.as_view(), name="password_reset_confirm"),
]
