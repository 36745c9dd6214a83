"""A page with every component on it, and the few answers that its forms need: the screens, without rows behind them."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils.html import format_html_join

from articles.models import Status
from articles.scales import SCALES

CLAIMS = ("1,500 people were wounded.", "The bridge was closed for nine days.", "The council voted 14 to 9.")
TOO_LONG = "The bridge over the river was closed for nine days after the flood, the council said"
LONG_AGO = datetime(2013, 6, 6, 14, 12, tzinfo=UTC)


class SignedIn(str):
    """A name that has signed in, as the header needs it."""

    is_authenticated = True
    keys_on = True
    whole_words = True
    keys_as_json = "{}"


class ClaimForm(forms.Form):
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), help_text="Complete: who, what, where, when.")
    summary = forms.CharField(max_length=75, required=False)
    kind = forms.ChoiceField(choices=[("event", "Event"), ("figure", "Figure")], required=False)
    priority = forms.ChoiceField(choices=[("", "Normal"), ("high", "High")], required=False)
    stance = forms.ChoiceField(
        choices=[("supports", "Supports"), ("refutes", "Refutes"), ("context", "Context")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="The source has confirmed it in writing", required=False)


class LoginForm(forms.Form):
    login = forms.CharField()
    password = forms.CharField(widget=forms.PasswordInput)


def frame() -> dict[str, Any]:
    return {
        "desk": SimpleNamespace(name="Foreign desk", slug="foreign"),
        "user": SignedIn("Alice"),
        "membership": SimpleNamespace(get_role_display="Reviewer"),
        "unseen": {"reviews": "3", "notices": "2"},
    }


def conflict() -> SimpleNamespace:
    mine, theirs = "The bridge was closed for nine days.", "The bridge was closed for nearly two weeks."
    return SimpleNamespace(
        by="Bob",
        at=datetime.now(UTC),
        revision=5,
        action="/echo/",
        theirs_url="/",
        fields=[("text", "Claim", mine, theirs)],
        same=[("kind", "event")],
    )


def gallery(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Highlight removed.", extra_tags="undo:/echo/?revision=4")
    context = {
        "statuses": Status.values,
        "ratings": [term for scale in SCALES for term in scale.terms],
        "form": ClaimForm({"text": "", "summary": TOO_LONG}),
        "fresh": ClaimForm(auto_id="fresh_%s"),
        "counts": {"approved": 11, "in_review": 2, "checking": 3, "returned": 1, "open": 5, "set_aside": 1},
        "few": {"open": 3, "reopened": 1},
        "now": datetime.now(UTC) - timedelta(minutes=3),
        "then": LONG_AGO,
        "conflict": conflict(),
        "evidence": [
            ("supports", "Statement of the town council"),
            ("refutes", "Call with the road office"),
            ("context", "Report on the flood"),
        ],
    }
    return render(request, "gallery.html", frame() | context)


def screen(request: HttpRequest, **_: object) -> HttpResponse:
    return render(request, "plain.html", frame())


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """The pages before and beside the desk: sign-in and refusals."""
    data = {"login": "alice", "password": ""} if request.GET else None
    return render(request, name, {"form": LoginForm(data)})


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("request_id", ""))


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


def preference(request: HttpRequest) -> HttpResponse:
    """Every change is kept, but for one key."""
    key = request.POST.get("key")
    return HttpResponse(f"{key} does something else.", status=422) if key == "x" else HttpResponse(status=204)


def suggest(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").lower()
    found = [(number, claim) for number, claim in enumerate(CLAIMS) if words in claim.lower()]
    option = '<li role="option" data-value="{0}" data-label="{1}">{1}</li>'
    return HttpResponse(format_html_join("", option, found) or '<li class="none">Nothing found</li>')


PREFERENCES = ("key", "keys-reset", "switch")
SCREENS = (
    ("", "home"),
    ("d/<slug:desk>/", "desk"),
    ("d/<slug:desk>/find/", "find"),
    ("d/<slug:desk>/articles/", "article-list"),
    ("d/<slug:desk>/articles/<int:article>/", "workbench"),
    ("d/<slug:desk>/claims/", "claim-list"),
    ("d/<slug:desk>/stories/", "story-list"),
    ("d/<slug:desk>/review/", "review-queue"),
    ("d/<slug:desk>/sheets/", "sheet-list"),
    ("d/<slug:desk>/notices/", "notice-list"),
    ("d/<slug:desk>/people/", "member-list"),
    ("d/<slug:desk>/scale/", "scale"),
    ("d/<slug:desk>/notices/", "notice-list"),
    ("d/<slug:desk>/agreement/", "agreement"),
)
screens = [
    *(path(route, screen, name=name) for route, name in SCREENS),
    *(path(f"preferences/{name}/", preference, name=f"preference-{name}") for name in PREFERENCES),
]
urlpatterns = [
    path("gallery/", gallery),
    path("bare/<path:name>", bare),
    path("echo/", echo),
    path("broken/", broken),
    path("suggest/", suggest),
    path("accounts/password/change/", screen, name="account_change_password"),
    path("accounts/", screen, name="account_overview"),
    path("accounts/second-factor/passkeys/sign-in/", screen, name="mfa_login_webauthn"),
    path("accounts/logout/", screen, name="account_logout"),
    path("accounts/login/", screen, name="account_login"),
    path("accounts/reauthenticate/", screen, name="account_reauthenticate"),
    path("", include((screens, "articles"))),
]
