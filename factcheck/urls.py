from allauth.account import views as account
from django.urls import include, path

# Only the doors that are open: allauth's own list has sign-up, password reset by email and more.
account_urls = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
]

urlpatterns = [
    path("accounts/", include(account_urls)),
    path("", include("articles.urls")),
]
