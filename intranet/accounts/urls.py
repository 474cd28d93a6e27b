"""Sign-in, sign-out and passwords."""

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

app_name = "accounts"
urlpatterns = [
    path("login/", views.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", login_not_required(views.LogoutView.as_view()), name="logout"),
]
