"""Sign-in, sign-out, passwords, one's own account."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from intranet.accounts import invitation_views, token_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("tokens/", token_views.mine, name="tokens"),
    path("tokens/<int:pk>/revoke/", token_views.revoke, name="revoke_token"),
    path("login/", views.SignIn.as_view(), name="login"),
    path("invitation/<str:signed>/", invitation_views.accept, name="accept"),
    path("logout/", login_not_required(LogoutView.as_view()), name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("password/reset/", views.ResetRequest.as_view(), name="password_reset"),
    path("password/reset/sent/", views.ResetSent.as_view(), name="password_reset_sent"),
    path("password/reset/<uidb64>/<token>/", views.ResetConfirm.as_view(), name="password_reset_confirm"),
]
