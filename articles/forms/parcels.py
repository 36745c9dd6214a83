"""A text on its way through the browser: nothing is stored on the server until the reviewer agrees to its preview."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from articles.models import Method

ROOM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 1_000_000
"""Bytes of sealed parcels that one request can bring back, beside what is said about them."""


class Spoiled(Exception):
    """What came back is not what was sent."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The bytes of an article as they came, on their way through the browser and back."""

    raw: bytes
    filename: str
    method: Method

    @property
    def name(self) -> str:
        return self.filename or "Pasted text"

    def sealed(self) -> str:
        """Compressed and signed, so that what comes back is what was sent, byte for byte."""
        return signing.Signer(salt="parcel").sign_object(self, serializer=_ParcelSerializer, compress=True)

    @staticmethod
    def opened(seal: str) -> Parcel:
        """Raises Spoiled."""
        try:
            parcel: Parcel = signing.Signer(salt="parcel").unsign_object(seal, serializer=_ParcelSerializer)
        except signing.BadSignature as error:
            raise Spoiled from error
        return parcel


class _ParcelSerializer:
    """A line of JSON, then the bytes."""

    def dumps(self, parcel: Parcel) -> bytes:
        return json.dumps([parcel.filename, parcel.method]).encode() + b"\n" + parcel.raw

    def loads(self, data: bytes) -> Parcel:
        head, _, raw = data.partition(b"\n")
        filename, method = json.loads(head)
        return Parcel(raw, filename, Method(method))
