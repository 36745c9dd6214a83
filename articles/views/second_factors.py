"""Setting up and giving a second factor: the steps are allauth's, the pages and the way back are ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from factcheck import second_factor
from factcheck.accounts import is_as_given

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    from articles.http import Request

type View = Callable[[Request], HttpResponse]

UNKNOWN = "That passkey is not known here. Sign in in another way."
confirmed: Callable[[View], View] = reauthentication_required(app="allauth.mfa")


@require_safe
@never_cache
def second_factor_setup(request: Request) -> HttpResponse:
    """Where a desk that asks for a second factor leads: set one up, or give the one that there is."""
    kinds = second_factor.kinds_of(request.user)
    after = next_of(request)
    if kinds and second_factor.is_proven(request):
        return redirect(after or "account_overview")
    if kinds:
        way = "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "mfa_reauthenticate_webauthn"
        return redirect(f"{reverse(way)}?{urlencode({'next': after or '/'})}")
    return render(request, "mfa/setup.html", {"next": after})


class ActivateTOTP(totp.ActivateTOTPView):  # type: ignore[misc]  # allauth carries no types
    """The picture is drawn into the page; what a browser would have to load from elsewhere, it refuses."""

    template_name = "mfa/totp/activate.html"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["code"].label = "Code"
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "secret": context["form"].secret,
            "picture": second_factor.picture_of(context["totp_url"]),
            "next": next_of(self.request),
        }

    def get_success_url(self) -> str:
        return _after_setup(self.request, made_codes=self.did_generate_recovery_codes)


class DeactivateTOTP(totp.DeactivateTOTPView):  # type: ignore[misc]  # likewise
    template_name = "mfa/totp/deactivate.html"
    success_url = reverse_lazy("account_overview")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if Authenticator.Type.TOTP not in second_factor.kinds_of(request.user):  # type: ignore[arg-type]  # signed in
            return redirect("account_overview")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]  # likewise
    template_name = "mfa/webauthn/add.html"

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        return initial | {"passwordless": True}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["passwordless"].help_text = ""
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs) | kwargs
        options = json.dumps(context["js_data"]["creation_options"])
        return context | {"options": options, "next": next_of(self.request)}

    def get_success_url(self) -> str:
        return _after_setup(self.request, made_codes=self.did_generate_recovery_codes)


class RenamePasskey(webauthn.EditWebAuthnView):  # type: ignore[misc]  # likewise
    template_name = "mfa/webauthn/rename.html"
    success_url = reverse_lazy("account_overview")


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]  # likewise
    template_name = "mfa/webauthn/remove.html"
    success_url = reverse_lazy("account_overview")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class SignInByPasskey(webauthn.LoginWebAuthnView):  # type: ignore[misc]  # likewise
    def form_invalid(self, form: Any) -> HttpResponse:
        """One answer, whatever was wrong, so that nobody learns of an account or a key by it."""
        messages.error(self.request, UNKNOWN)
        after = next_of(self.request)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': after})}" if after else "account_login")


class ConfirmByPasskey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]  # likewise
    template_name = "mfa/webauthn/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs) | kwargs
        return context | {"options": json.dumps(context["js_data"]["request_options"])}

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer


class ConfirmByCode(base.ReauthenticateView):  # type: ignore[misc]  # likewise
    template_name = "mfa/confirm.html"


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class GiveSecondFactor(base.AuthenticateView):  # type: ignore[misc]  # likewise
    template_name = "mfa/authenticate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who waits here is in no list of sessions, so a new password ends the wait when it is over."""
        login = unstash_login(request, peek=True)
        if login and login.user and not is_as_given(request, login.user):
            clear_login(request)
            return redirect("account_login")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if Authenticator.Type.WEBAUTHN in second_factor.kinds_of(self.stage.login.user):
            context["options"] = json.dumps(context["js_data"]["request_options"])
        return context


class NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]  # likewise
    template_name = "mfa/codes/renew.html"

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes")


@require_safe
@never_cache
@confirmed
def recovery_codes(request: Request) -> HttpResponse:
    """The codes that are left; a page to print."""
    left = second_factor.codes_of(request.user)
    if left is None:
        return redirect("account_overview")
    return render(request, "mfa/codes/list.html", {"codes": left, "next": next_of(request)})


@require_safe
@never_cache
@confirmed
def recovery_codes_download(request: Request) -> HttpResponse:
    left = second_factor.codes_of(request.user)
    if left is None:
        return redirect("account_overview")
    words = f"Recovery codes of {request.user.username} for Factcheck. Each opens the account once.\n\n"
    answer = HttpResponse(words + "\n".join(left) + "\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="factcheck-recovery-codes.txt"'
    return answer


def next_of(request: HttpRequest) -> str:
    """The path of this site to which a person wanted to go; empty when there is none."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""


def _after_setup(request: HttpRequest, *, made_codes: bool) -> str:
    after = next_of(request)
    if made_codes:
        return reverse("mfa_view_recovery_codes") + (f"?{urlencode({'next': after})}" if after else "")
    return after or reverse("account_overview")
