"""The product's settings with what tests need: a server of their own, quick passwords, no collected files."""

import os

os.environ["FACTCHECK_DATA_DIR"] = os.environ.get("FACTCHECK_TEST_DATA_DIR") or ".data/test"

from factcheck.settings import *  # noqa: F403  # all of them
from factcheck.settings import DATA_DIR, DATABASES, MIDDLEWARE, STORAGES

# The owner makes the test database; everything else in a test happens as the application's role.
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
# A pool keeps connections open, and a database with open connections cannot be dropped.
del DATABASES["default"]["OPTIONS"]["pool"]
DATABASE_IS_DURABLE = False

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# What is found there stands before its sources. It is filled before a browser starts.
STATICFILES_DIRS = [DATA_DIR / "joined"]
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
ALLOWED_HOSTS = ["*"]
# Playwright runs an event loop in the thread of the tests, which Django would take for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
