"""What the application's database role may do with each table, applied after every migration.

The role owns no table and deletes nothing of a desk. Where columns are named, it can update no others; so the text of a
version is out of its reach even before a trigger looks at it.
"""

from __future__ import annotations

_ONCE = "SELECT, INSERT"
_EDIT = "SELECT, INSERT, UPDATE"
_ALL = "SELECT, INSERT, UPDATE, DELETE"

PRIVILEGES: dict[str, str] = {
    "articles_person": _EDIT,
    "articles_lastlook": f"{_ONCE}, UPDATE (number, looked_at)",
    # What a person is told is no editorial state: only whether it was read changes, and that without an event.
    "articles_notice": f"{_ONCE}, UPDATE (read_at)",
    "articles_batch": _ONCE,
    "articles_presence": f"{_ONCE}, UPDATE (block, claim_id, seen_at)",
    "articles_desk": (
        f"{_ONCE}, UPDATE (name, scale_code, second_factor_required, blind_reviews, origins_needed, primary_is_enough)"
    ),
    "articles_membership": f"{_ONCE}, UPDATE (role, ended_at, revision)",
    "articles_invitation": f"{_ONCE}, UPDATE (accepted_at, accepted_by_id, revoked_at, revoked_by_id, revision)",
    "articles_outlet": f"{_ONCE}, UPDATE (name, revision)",
    "articles_story": f"{_ONCE}, UPDATE (title, revision)",
    "articles_article": (
        f"{_ONCE}, UPDATE (headline, outlet_id, byline, published, updated, language, url, story_id, revision)"
    ),
    "articles_original": _ONCE,
    "articles_arrival": f"{_ONCE}, UPDATE (draft, failure, corrections, details, state, version_id, revision)",
    "articles_articleversion": f"{_ONCE}, UPDATE (kinds, revision)",
    "articles_highlight": (
        f'{_ONCE}, UPDATE (start, "end", quote, claim_id, origin_id, removed_at, removed_by_id, ended_in_id, revision)'
    ),
    "articles_carry": f"{_ONCE}, UPDATE (decision, decided_by_id, decided_at, became_id, revision)",
    "articles_claimant": f"{_ONCE}, UPDATE (name, revision)",
    "articles_claim": (
        f"{_ONCE}, UPDATE (text, summary, claimant_id, kind, priority, priority_reason, assignee_id, due, due_reason,"
        " status, status_reason, status_at, verdict_id, review_id, approved_digest,"
        " aside, duplicate_of_id, blind, revision)"
    ),
    "articles_source": (
        f"{_ONCE}, UPDATE (title, author, kind, container, publisher, published, url, url_key, accessed_on, number,"
        " archive, medium, reached, terms, note, origin_id, merged_into_id, withdrawn_at, withdrawn_by_id,"
        " withdrawn_reason, revision)"
    ),
    "articles_origin": f"{_ONCE}, UPDATE (name, kind, note, comes_from_id, merged_into_id, revision)",
    "articles_dismissal": f"{_ONCE}, UPDATE (taken_back_at, taken_back_by_id, revision)",
    "articles_snapshot": f"{_ONCE}, UPDATE (source_id, revision)",
    "articles_evidence": (
        f"{_ONCE}, UPDATE (source_id, stance, quote, locator_kind, locator, kind, note, withdrawn_at, withdrawn_by_id,"
        " revision)"
    ),
    "articles_ratingscale": _ONCE,
    "articles_rating": _ONCE,
    "articles_verdict": _ONCE,
    "articles_review": _ONCE,
    "articles_resolution": _ONCE,
    "articles_suggestion": f"{_ONCE}, UPDATE (decision, decided_by_id, decided_at, reason, revision)",
    "articles_query": (
        f"{_ONCE}, UPDATE (addressee, colleague_id, source_id, name, question, due, status, status_at, status_by_id,"
        " status_reason, revision)"
    ),
    "articles_queryanswer": _ONCE,
    "articles_claimsheet": _ONCE,
    "articles_sheetedition": _ONCE,
    "articles_sheetfile": _ONCE,
    "articles_auditevent": "SELECT",
    "articles_chainhead": "SELECT",
    "articles_untold": "",
    "articles_person_groups": _ONCE,
    "articles_person_user_permissions": _ONCE,
    # Of Django and allauth. What the site never writes, it only reads.
    "account_emailaddress": "SELECT",
    "account_emailconfirmation": "SELECT",
    "auth_group": "SELECT",
    "auth_group_permissions": "SELECT",
    "auth_permission": "SELECT",
    "django_cache": _ALL,
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "django_session": _ALL,
    "mfa_authenticator": _ALL,
    "usersessions_usersession": _ALL,
}
