from allauth.account import views as account
from django.urls import include, path
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.session import session

page = require_safe
form = require_http_methods(["GET", "HEAD", "POST"])

# Only the doors that are open: allauth's own list has sign-up, password reset by email and more.
account_urls = [
    path("login/", form(account.login), name="account_login"),
    path("logout/", form(account.logout), name="account_logout"),
    path("session/", session, name="account_session"),
    path("inactive/", page(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", form(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", form(account.password_change), name="account_change_password"),
]

urlpatterns = [
    path("accounts/", include(account_urls)),
    path("", include("articles.urls")),
]
