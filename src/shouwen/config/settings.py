"""Django's settings. What an installation changes comes from the environment (see environment.py)."""

from pathlib import Path
from urllib.parse import urlsplit

from shouwen.config import environment, statics

PACKAGE = Path(__file__).resolve().parent.parent
DEBUG = environment.DEBUG
SECRET_KEY = environment.secret_key()
DATA_DIR = environment.DATA_DIR
PUBLIC_URL = environment.PUBLIC_URL
BROKER_URL = environment.BROKER_URL
REDIS_URL = environment.REDIS_URL
API_RATE = max(1.0, float(environment.API_RATE)) if environment.API_RATE.isdecimal() else 200.0
MACHINE_KEY = environment.MACHINE_KEY
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = environment.ALLOWED_HOSTS or [_public.hostname or "", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = _public.scheme == "https"

# From the ground up: the order in which rooms start (apps.ready) is the order of the floors.
ROOMS = [
    "shouwen.platform.accounts",
    "shouwen.platform.ledger",
    "shouwen.platform.jobs",
    "shouwen.platform.files",
    "shouwen.platform.search",
    "shouwen.platform.apikit",
    "shouwen.platform.preferences",
    "shouwen.platform.ui",
    "shouwen.people",
    "shouwen.customers",
    "shouwen.channels",
    "shouwen.promises",
    "shouwen.knowledge",
    "shouwen.cases",
    "shouwen.incidents",
    "shouwen.complaints",
    "shouwen.demo",
]
ROOMS = [room for room in ROOMS if PACKAGE.joinpath(*room.split(".")[1:], "apps.py").exists()]

INSTALLED_APPS = [
    *ROOMS,  # first: where a package translates the same word, ours is meant
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "shouwen.config.programs.ProgramsMiddleware",
    "shouwen.config.serving.StaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shouwen.platform.access.middleware.ActorMiddleware",
    "shouwen.platform.live.middleware.PlaceMiddleware",
    "shouwen.platform.web.faults.FaultMiddleware",
    "axes.middleware.AxesMiddleware",
    "shouwen.platform.apikit.api.ApiMiddleware",
]

ROOT_URLCONF = "shouwen.config.urls"
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}
    )
}

# Jinja2 looks into the rooms' own folders; what it does not find (allauth's less used pages) is Django's.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            PACKAGE.joinpath(*room.split(".")[1:], "templates")
            for room in ROOMS
            if PACKAGE.joinpath(*room.split(".")[1:], "templates").is_dir()
        ],
        "OPTIONS": {
            "environment": "shouwen.platform.web.environment.environment",
            "context_processors": ["shouwen.platform.frame.context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "platform" / "accounts" / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shouwen.platform.frame.context",
            ]
        },
    },
]

# --- accounts ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "shouwen.platform.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_DISPLAY = str
# axes counts failures, in the database; a whole shift signs in from one address in the same minute
ACCOUNT_RATE_LIMITS = {"login_failed": False, "login": "300/m/ip"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "shouwen.platform.accounts.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Shouwen"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "shouwen.platform.accounts.lockout.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
# The memory of one process may hold a session that another has ended: where several serve pages, only a
# common cache may.
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db"
    if REDIS_URL or not environment.SHARED
    else "django.contrib.sessions.backends.db"
)
SESSION_COOKIE_NAME = "shouwen"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "shouwen-csrf"
CSRF_FAILURE_VIEW = "shouwen.platform.web.faults.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- what a browser may do -----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "connect-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "object-src": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- languages and time --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LOCALE_PATHS = [  # every room's own is found by Django; these lie in folders that are no application
    PACKAGE / "kernel" / "locale",
    PACKAGE / "platform" / "locale",
    PACKAGE / "platform" / "mail" / "locale",
    PACKAGE / "channels" / "vendors" / "desk" / "locale",
    PACKAGE / "channels" / "vendors" / "phone" / "locale",
    PACKAGE / "channels" / "vendors" / "chat" / "locale",
    PACKAGE / "cases" / "web" / "locale",
    PACKAGE / "cases" / "web" / "contact" / "locale",
    PACKAGE / "cases" / "web" / "team" / "locale",
]
LANGUAGE_COOKIE_NAME = "shouwen-language"

# --- static files --------------------------------------------------------------------------------
_static = [PACKAGE.joinpath(*room.split(".")[1:], "static") for room in ROOMS]
STATIC_URL = (
    statics.PREFIX
    if DEBUG
    else f"{statics.PREFIX}{statics.version(_static, ['django-htmx', 'django-allauth'])}/"
)
STATIC_ROOT = None  # nothing is collected: whitenoise serves what the packages hold
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = statics.IMMUTABLE

# --- API -----------------------------------------------------------------------------------------
NINJA_PAGINATION_MAX_LIMIT = 100

# --- this product --------------------------------------------------------------------------------
FILES_DIR = DATA_DIR / "files"
# Where processes on one SQLite file tell each other what is kept nowhere; None: there is only one process.
LIVE_FOLDER = DATA_DIR / "live" if environment.SHARED else None
EMBEDDED = True
LOGGING_CONFIG = "shouwen.platform.logs.configure"
LOGGING = {"level": "INFO"}
SILENCED_SYSTEM_CHECKS: list[str] = []
