"""Django's settings. Everything a deployment may choose comes from the environment; the README lists it."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP

from factcheck.database import databases
from factcheck.env import Environment
from factcheck.kept import kept
from factcheck.mail import mailers, site_address

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# Where it runs

PRODUCTION = env.choice("FACTCHECK_ENV", default="local", among=("local", "production")) == "production"
HTTPS = env.boolean("FACTCHECK_HTTPS", default=PRODUCTION)
DATA_DIR = env.path("FACTCHECK_DATA_DIR", default=BASE_DIR / ".data")
DEBUG = env.boolean("FACTCHECK_DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured("FACTCHECK_DEBUG shows the inside of the program to visitors: unset it in production.")

if PRODUCTION:
    SECRET_KEY = env.required("FACTCHECK_SECRET_KEY", "50 random characters or more, the same for every web process.")
    ALLOWED_HOSTS = env.words("FACTCHECK_ALLOWED_HOSTS")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set FACTCHECK_ALLOWED_HOSTS to the names of this site, such as desk.example.org.")
    env.required("DATABASE_URL", "the embedded database is for local use.")
else:
    SECRET_KEY = env.secret("FACTCHECK_SECRET_KEY") or kept(DATA_DIR / "secret_key", get_random_secret_key)
    ALLOWED_HOSTS = env.words("FACTCHECK_ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
# Earlier keys, so that sessions and the secrets of second factors outlive a new one.
SECRET_KEY_FALLBACKS = [key for key in env.secret("FACTCHECK_OLD_SECRET_KEYS").split(",") if key]
CSRF_TRUSTED_ORIGINS = env.words("FACTCHECK_CSRF_TRUSTED_ORIGINS")

# The parts

INSTALLED_APPS = [
    "articles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "factcheck.middleware.health_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "factcheck.middleware.LoginRequiredMiddleware",
    "factcheck.middleware.not_allowed_middleware",
    "allauth.account.middleware.AccountMiddleware",
    "factcheck.middleware.SecondFactorMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["articles.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context.desk",
            ],
        },
    },
]

# Database and cache

DATABASES = databases(env, DATA_DIR)
DATABASE_IS_EMBEDDED = not env.secret("DATABASE_URL")
DATABASE_IS_DURABLE = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that all web processes count the same failed sign-ins.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # Above this a third is thrown away, whoever it counts against: far more than can be tried in a few minutes.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# People

AUTH_USER_MODEL = "articles.Person"
AUTHENTICATION_BACKENDS = ["factcheck.accounts.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "factcheck.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"invitation": "20/m/ip"}
MFA_ADAPTER = "factcheck.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "factcheck.second_factor.OnceActivateForm",
    "authenticate": "factcheck.second_factor.OnceAuthenticateForm",
    "reauthenticate": "factcheck.second_factor.OnceReauthenticateForm",
    "login_webauthn": "factcheck.second_factor.AloneForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Factcheck"
# A telephone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
# Addresses are given by whoever made the account, and nothing is sent to them.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Argon2 first. The others only read passwords that came from elsewhere, and are replaced at the next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# What they hold to is written in articles/passwords.py.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "articles.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "articles.passwords.KnownNamesValidator"},
    {"NAME": "articles.passwords.PatternValidator"},
]

# Security

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SESSION_ENGINE = "factcheck.session_store"
X_FRAME_OPTIONS = "DENY"
WHITENOISE_ALLOW_ALL_ORIGINS = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# The prefix makes browsers refuse such a cookie from another host or from plain HTTP.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "factcheck-session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "factcheck-csrf"
# Without a proxy that sets the forwarding headers, anybody could write into them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("FACTCHECK_PROXIES", default=0, least=0, most=9)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Pages from the web

FETCH_PAGES = env.boolean("FACTCHECK_FETCH", default=True)
# Told to every site that is asked for a page.
FETCH_CONTACT = env.contact("FACTCHECK_CONTACT")

# E-mail, for those who ask for a daily one

SMTP_URL = env.secret("FACTCHECK_SMTP_URL")
MAIL_IS_ON = bool(SMTP_URL)
SITE_ADDRESS = ""
if SMTP_URL:
    MAILERS = mailers(SMTP_URL)
    DEFAULT_FROM_EMAIL = env.required("FACTCHECK_MAIL_FROM", "the address that e-mails come from.")
    SITE_ADDRESS = site_address(env.required("FACTCHECK_SITE", "the site's address, for links in e-mails."))

# Language and time

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = env.time_zone("FACTCHECK_TIME_ZONE", default="UTC")

# Static files

STATIC_URL = "static/"
STATIC_ROOT = env.path("FACTCHECK_STATIC_ROOT", default=DATA_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "factcheck.storage.HashedStaticFilesStorage"},
}

# What it says

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice(
            "FACTCHECK_LOG_LEVEL", default="INFO", among=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
        ),
    },
    "loggers": {"django": {"handlers": [], "level": "NOTSET", "propagate": True}},
}
