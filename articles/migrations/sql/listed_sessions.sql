-- From here on a person sees where they are signed in, and can end each session. Those from before are not listed
-- anywhere, so they end now: everybody signs in once more.
DELETE FROM django_session;
