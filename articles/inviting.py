"""An invitation by e-mail, where a mail server is given and the invitation is for an address."""

from __future__ import annotations

import logging
import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from articles.models import Invitation

log = logging.getLogger(__name__)


def mail_invitation(invitation: Invitation, link: str) -> bool | None:
    """Whether the mail server took it; None where nothing was to be sent."""
    if not (settings.MAIL_IS_ON and _is_address(invitation.invited)):
        return None
    body = render_to_string("mail/invitation.txt", {"invitation": invitation, "link": link})
    subject = " ".join(f"{invitation.made_by} invites you to {invitation.desk}".split())
    try:
        EmailMessage(subject=subject, body=body, to=[invitation.invited]).send()
    except (OSError, ValueError, smtplib.SMTPException) as error:  # ValueError: an address that no header can hold
        log.warning("An invitation could not be sent: %s", type(error).__name__)
        return False
    return True


def _is_address(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True
