from allauth.account import views as account
from django.urls import include, path
from django.views.decorators.http import require_http_methods, require_safe

from articles.views import account as own
from articles.views import second_factors
from factcheck.accounts import too_many
from factcheck.session import session

handler429 = too_many  # allauth looks for it here
page = require_safe
form = require_http_methods(["GET", "HEAD", "POST"])

# Only the doors that are open: allauth's own list has sign-up, password reset by email and more.
account_urls = [
    path("", own.overview, name="account_overview"),
    path("login/", form(account.login), name="account_login"),
    path("logout/", form(account.logout), name="account_logout"),
    path("session/", session, name="account_session"),
    path("sessions/end/", own.end_sessions, name="account_end_sessions"),
    path("inactive/", page(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", form(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", form(account.password_change), name="account_change_password"),
]

# The names are those by which allauth finds its next step.
factor_urls = [
    path("", second_factors.second_factor_setup, name="account_second_factor"),
    path("give/", form(second_factors.GiveSecondFactor.as_view()), name="mfa_authenticate"),
    path("confirm/", form(second_factors.ConfirmByCode.as_view()), name="mfa_reauthenticate"),
    path("app/", form(second_factors.ActivateTOTP.as_view()), name="mfa_activate_totp"),
    path("app/remove/", form(second_factors.DeactivateTOTP.as_view()), name="mfa_deactivate_totp"),
    path("codes/", second_factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/renew/", form(second_factors.NewCodes.as_view()), name="mfa_generate_recovery_codes"),
    path("codes/download/", second_factors.recovery_codes_download, name="mfa_download_recovery_codes"),
    path("passkeys/add/", form(second_factors.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("passkeys/confirm/", form(second_factors.ConfirmByPasskey.as_view()), name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", form(second_factors.SignInByPasskey.as_view()), name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/rename/", form(second_factors.RenamePasskey.as_view()), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", form(second_factors.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("accounts/", include(account_urls)),
    path("accounts/second-factor/", include(factor_urls)),
    path("", include("articles.urls")),
]
