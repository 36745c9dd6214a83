"""People's second factors, as a test holds them in its hand."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from tests.factories import PASSWORD

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30
"""Seconds that a code is shown."""


def code_of(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or some steps later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps)))


def give_app(person: Person) -> list[str]:
    """Set up an authenticator app for the person; returns the recovery codes."""
    TOTP.activate(person, SECRET)
    return list(RecoveryCodes.activate(person).get_unused_codes())


class Key:
    """A security key on a person's account. It can be asked to answer without its PIN, as a thief would."""

    SITE = "testserver"

    def __init__(self, person: Person, *, alone: bool) -> None:
        self.handle = websafe_encode(user_pk_to_url_str(person).encode())
        self.private, self.id = ec.generate_private_key(ec.SECP256R1()), b"the key of a test"
        public = ES256.from_cryptography_key(self.private.public_key())
        kept = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
        made = AttestationObject.create("none", self._said(flags, kept), {})
        told = {
            "clientDataJSON": self._asked(CollectedClientData.TYPE.CREATE, b"any"),
            "attestationObject": websafe_encode(made),
        }
        credential = self._credential(told) | {"clientExtensionResults": {"credProps": {"rk": alone}}}
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": credential}
        )

    def answer(self, challenge: str, *, verified: bool) -> str:
        """What a page sends on. ``verified``: the key has asked its holder for the PIN."""
        flags = AuthenticatorData.FLAG.UP | (AuthenticatorData.FLAG.UV if verified else AuthenticatorData.FLAG(0))
        said, asked = self._said(flags), self._asked(CollectedClientData.TYPE.GET, websafe_decode(challenge))
        signed = self.private.sign(said + hashlib.sha256(websafe_decode(asked)).digest(), ec.ECDSA(SHA256()))
        told = {
            "clientDataJSON": asked,
            "authenticatorData": websafe_encode(said),
            "signature": websafe_encode(signed),
            "userHandle": self.handle,
        }
        return json.dumps(self._credential(told))

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _said(self, flags: AuthenticatorData.FLAG, kept: AttestedCredentialData | None = None) -> AuthenticatorData:
        site = hashlib.sha256(self.SITE.encode()).digest()
        said: AuthenticatorData = AuthenticatorData.create(site, flags, 0, bytes(kept) if kept else b"")
        return said

    def _asked(self, what: str, challenge: bytes) -> str:
        return websafe_encode(CollectedClientData.create(what, challenge, f"https://{self.SITE}"))


def sign_in(client: Client, person: Person, *, code: str | None = None) -> None:
    """By the password and, where it is asked for, a code."""
    answer = client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    if code is not None:
        assert answer.headers["Location"] == "/accounts/second-factor/give/"
        answer = client.post("/accounts/second-factor/give/", {"code": code})
        assert answer.status_code == 302, answer.content.decode()


def confirm(client: Client, *, code: str | None = None) -> None:
    """Confirm that it is oneself, by a code or else by the password."""
    way, given = (
        ("/accounts/second-factor/confirm/", {"code": code})
        if code
        else ("/accounts/reauthenticate/", {"password": PASSWORD})
    )
    answer = client.post(way, given)
    assert answer.status_code == 302, answer.content.decode()
