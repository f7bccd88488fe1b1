"""The project's settings. What differs between installations comes from the environment (docs/operating.md)."""

from pathlib import Path
from typing import Any

from corsheaders.defaults import default_headers
from django.core.exceptions import ImproperlyConfigured

from factbase import environment, sidebar

BASE_DIR = Path(__file__).resolve().parent.parent
# In a checkout, data and seeds lie beside the code. Installed from the wheel, the site keeps its data where it is
# started, and the seeds are part of the package.
IN_CHECKOUT = (BASE_DIR / "manage.py").exists()
DATA_DIR = environment.read_directory("FACTBASE_DATA_DIR", (BASE_DIR if IN_CHECKOUT else Path.cwd()) / "var")
SEEDS_DIR = BASE_DIR / "seeds" if IN_CHECKOUT else BASE_DIR / "factbase" / "seeds"

# --- Settings of an installation ------------------------------------------------------------------------------------
DEBUG = environment.read_bool("FACTBASE_DEBUG", default=False)
FACTBASE_PORT = environment.read_int("FACTBASE_PORT", 8000, minimum=1, maximum=65535)
FACTBASE_HOST = environment.read_ip_address("FACTBASE_HOST", "127.0.0.1")
FACTBASE_WORKERS = environment.read_int("FACTBASE_WORKERS", 1, minimum=1, maximum=64)
FACTBASE_BASE_URL = environment.read_base_url(
    "FACTBASE_BASE_URL", f"http://{environment.connectable_host(FACTBASE_HOST)}:{FACTBASE_PORT}"
)
FACTBASE_MAX_ARTICLE_BYTES = environment.read_int(
    "FACTBASE_MAX_ARTICLE_BYTES", 2_000_000, minimum=1_000, maximum=100_000_000
)
FACTBASE_FETCH_PRIVATE = environment.read_bool("FACTBASE_FETCH_PRIVATE", default=False)
FACTBASE_FETCH_PORTS = environment.read_ports("FACTBASE_FETCH_PORTS")
FACTBASE_WATCH = environment.read_bool("FACTBASE_WATCH", default=True)
FACTBASE_FETCH_DELAY = environment.read_int("FACTBASE_FETCH_DELAY", 1, minimum=0, maximum=600)  # seconds
FACTBASE_READS_PER_MINUTE = environment.read_int("FACTBASE_READS_PER_MINUTE", 600, minimum=0, maximum=1_000_000)
FACTBASE_KEY_READS_PER_MINUTE = environment.read_int(
    "FACTBASE_KEY_READS_PER_MINUTE", 6_000, minimum=0, maximum=1_000_000
)
FACTBASE_PUBLISH_TEXTS = environment.read_bool("FACTBASE_PUBLISH_TEXTS", default=False)
FACTBASE_SITE_NAME = environment.read_line("FACTBASE_SITE_NAME", "factbase")
FACTBASE_PUBLISHER = environment.read_line("FACTBASE_PUBLISHER", FACTBASE_SITE_NAME)
FACTBASE_OWN_SITES = environment.read_hosts("FACTBASE_OWN_SITES", [environment.url_host(FACTBASE_BASE_URL)])
FACTBASE_CONTACT = environment.read_email_address("FACTBASE_CONTACT")
FACTBASE_DATA_LICENCE = environment.read_licence("FACTBASE_DATA_LICENCE")
FACTBASE_LANGUAGE = environment.read_choice("FACTBASE_LANGUAGE", "en", ("en", "ru"))
FACTBASE_INDEX_UNREVIEWED = environment.read_bool("FACTBASE_INDEX_UNREVIEWED", default=False)
FACTBASE_BRANDING_DIR = environment.read_branding_directory("FACTBASE_BRANDING_DIR")
FACTBASE_LOGO = environment.read_line("FACTBASE_LOGO", "factbase/icon.svg")
FACTBASE_LOG = environment.read_choice("FACTBASE_LOG", "auto", ("auto", "json", "text"))
FACTBASE_MONITORING_NETWORKS = environment.read_networks("FACTBASE_MONITORING_NETWORKS", "127.0.0.0/8,::1/128")
FACTBASE_MONITORING_TOKEN = environment.read_token("FACTBASE_MONITORING_TOKEN")
FACTBASE_MIN_FREE_MB = environment.read_int("FACTBASE_MIN_FREE_MB", 500, minimum=0, maximum=1_000_000)
PROXY_COUNT = environment.read_int("FACTBASE_PROXY_COUNT", 0, minimum=0, maximum=10)
SECRET_KEY = environment.read_secret_key("FACTBASE_SECRET_KEY", DATA_DIR / "secret_key")
ALLOWED_HOSTS = environment.read_hosts(
    "FACTBASE_ALLOWED_HOSTS",
    sorted(
        {
            "127.0.0.1",
            "localhost",
            "[::1]",
            environment.url_host(FACTBASE_BASE_URL),
            environment.connectable_host(FACTBASE_HOST),
        }
    ),
)
DATABASES = {"default": environment.read_database("DATABASE_URL", DATA_DIR / "factbase.sqlite3")}
ON_POSTGRESQL = DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql"
DATABASES |= environment.read_replica_database("FACTBASE_READ_DATABASE_URL")
if "replica" in DATABASES and not ON_POSTGRESQL:
    raise ImproperlyConfigured(
        "FACTBASE_READ_DATABASE_URL is set: DATABASE_URL must be the PostgreSQL database that it copies"
    )
FACTBASE_READ_MAX_LAG = environment.read_int("FACTBASE_READ_MAX_LAG", 5, minimum=1, maximum=3600)  # seconds
DATABASE_ROUTERS = ["claims.reading.ReadRouter"]
CACHES = {
    # Of all processes and machines: django-allauth counts attempts at second factors here.
    "default": {"BACKEND": "claims.services.shared_cache.SharedCache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
FACTBASE_BACKUP_DIR = environment.read_path("FACTBASE_BACKUP_DIR")
FACTBASE_BACKUP_HOURS = environment.read_int("FACTBASE_BACKUP_HOURS", 24, minimum=1, maximum=744)
FACTBASE_BACKUP_KEEP = environment.read_int("FACTBASE_BACKUP_KEEP", 14, minimum=1, maximum=9999)
FACTBASE_WORKER = environment.read_bool("FACTBASE_WORKER", default=not ON_POSTGRESQL)
FACTBASE_MIN_WORKERS = environment.read_int("FACTBASE_MIN_WORKERS", int(FACTBASE_WORKER), minimum=0, maximum=1000)

# --- The applications -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "axes",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.humanize",  # for the templates of allauth
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "claims",
]
if ON_POSTGRESQL:  # its tables are PostgreSQL's alone
    INSTALLED_APPS.insert(INSTALLED_APPS.index("claims"), "procrastinate.contrib.django")
    PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

MIDDLEWARE = [
    "claims.monitoring.endpoints.MonitoringMiddleware",
    "claims.monitoring.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "factbase.middleware.IsolationHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factbase.middleware.PublicGZipMiddleware",
    "factbase.middleware.ContentSecurityPolicyMiddleware",
    "factbase.middleware.SiteLanguageMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "factbase.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "factbase.middleware.AuthenticationMiddleware",
    "factbase.middleware.SignedOutMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "factbase.middleware.MessageMiddleware",
    "factbase.middleware.SecondFactorMiddleware",
    "factbase.middleware.AccountPagesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "factbase.middleware.ChangeFeedMiddleware",
    "factbase.middleware.FirstBlockMiddleware",
    "factbase.middleware.ReadReplicaMiddleware",  # the last: a view that fails on the replica is called again
]

ROOT_URLCONF = "factbase.urls"
WSGI_APPLICATION = "factbase.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The operator's templates first; then the admin theme's layouts, with landmarks.
        "DIRS": [
            *(directory / "templates" for directory in FACTBASE_BRANDING_DIR),
            Path(__file__).parent / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.pages.common.site_context.site",
            ],
        },
    },
]

LANGUAGE_CODE = "en"  # of the admin; readers' pages are in FACTBASE_LANGUAGE
LANGUAGES = [("en", "English"), ("ru", "Русский")]
# Before the catalogues of the installed apps.
LOCALE_PATHS = [BASE_DIR / app / "locale" for app in ("claims", "factbase")]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "factbase.formats"

STATIC_URL = "static/"
STATICFILES_DIRS = [
    *(directory / "static" for directory in FACTBASE_BRANDING_DIR if (directory / "static").is_dir()),
    BASE_DIR / "factbase" / "static",
]
# Serves files without `collectstatic`, so that one command starts the site.
WHITENOISE_USE_FINDERS = True

# --- Signing in -----------------------------------------------------------------------------------------------------
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "claims.services.people.breached_passwords.BreachedPasswordValidator"},
    {"NAME": "claims.services.people.passwords.KnownPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600  # seconds
SESSION_COOKIE_AGE = 3600 * environment.read_int("FACTBASE_SESSION_HOURS", 12, minimum=1, maximum=720)
FACTBASE_SECOND_FACTOR_GROUPS = environment.read_names("FACTBASE_SECOND_FACTOR_GROUPS")
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_HANDLER = "claims.services.people.sign_in_failures.SignInFailures"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "claims.http.rate_limit.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "claims.admin.people.signing_in.views.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False  # claims.admin has its own pages for it

ACCOUNT_ADAPTER = "claims.admin.people.signing_in.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "claims.admin.people.signing_in.forms.SignInForm",
    "reset_password": "claims.admin.people.signing_in.forms.ResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nothing is mailed to strangers
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "claims.services.people.passwords.PasswordLinkTokenGenerator"  # noqa: S105  # a class
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # so that a mailed link is a way in during a lockout
ACCOUNT_RATE_LIMITS = {"login": None}  # django-axes counts; an office shares an address
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_LOGOUT_REDIRECT_URL = "admin:login"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up with another's address
MFA_TOTP_ISSUER = FACTBASE_SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = FACTBASE_BASE_URL.startswith("http://")  # browsers allow it on this machine only
USERSESSIONS_TRACK_ACTIVITY = False  # would write at every request

FACTBASE_OIDC_ISSUER = environment.read_issuer_url("FACTBASE_OIDC_ISSUER")
FACTBASE_OIDC_NAME = environment.read_line("FACTBASE_OIDC_NAME", "single sign-on")
FACTBASE_OIDC_GROUPS_CLAIM = environment.read_line("FACTBASE_OIDC_GROUPS_CLAIM", "groups")
FACTBASE_OIDC_GROUPS = environment.read_pairs("FACTBASE_OIDC_GROUPS")  # value of the claim: group
_OIDC_CLIENT = environment.read_text("FACTBASE_OIDC_CLIENT_ID", "")
if FACTBASE_OIDC_ISSUER and not _OIDC_CLIENT:
    raise ImproperlyConfigured("FACTBASE_OIDC_ISSUER is set: set FACTBASE_OIDC_CLIENT_ID as well")
SOCIALACCOUNT_ADAPTER = "claims.admin.people.signing_in.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# The content security policy lets no form lead to another site. The adapter refuses what a link could do harm with.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": FACTBASE_OIDC_NAME,
                "client_id": _OIDC_CLIENT,
                "secret": environment.read_text("FACTBASE_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": FACTBASE_OIDC_ISSUER},
            }
        ]
        if FACTBASE_OIDC_ISSUER
        else [],
    }
}

# --- Notices: by e-mail and in a chat, both off unless configured ----------------------------------------------------
_MAIL = environment.read_mail_server("FACTBASE_EMAIL_URL")
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = _MAIL["EMAIL_HOST"], _MAIL["EMAIL_PORT"], _MAIL["EMAIL_TIMEOUT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL["EMAIL_HOST_USER"], _MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL["EMAIL_USE_TLS"], _MAIL["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = environment.read_email_address("FACTBASE_EMAIL_FROM")
if EMAIL_HOST and not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("FACTBASE_EMAIL_URL is set: set FACTBASE_EMAIL_FROM to the sender's address as well")
FACTBASE_DIGEST_HOUR = environment.read_int("FACTBASE_DIGEST_HOUR", 6, minimum=0, maximum=23)  # UTC
FACTBASE_CHAT_URL = environment.read_webhook_url("FACTBASE_CHAT_URL")
FACTBASE_CHAT_KINDS = environment.read_choices(
    "FACTBASE_CHAT_KINDS", ("assigned", "mentioned", "sent-back", "waiting", "published", "repeated", "source-changed")
)

# --- The admin ------------------------------------------------------------------------------------------------------
UNFOLD = sidebar.UNFOLD

# --- Safe by default; an https base URL turns the rest on -----------------------------------------------------------
_HTTPS = FACTBASE_BASE_URL.startswith("https://")
if _HTTPS and not PROXY_COUNT:
    # The server does not speak TLS: without a proxy that does, every request would be redirected to https forever.
    raise ImproperlyConfigured(
        "FACTBASE_BASE_URL is https: set FACTBASE_PROXY_COUNT to the number of proxies in front (at least 1)"
    )
CSRF_TRUSTED_ORIGINS = [FACTBASE_BASE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
_COOKIE_PREFIX = "__Host-" if _HTTPS else ""  # no other host of the domain, and no page over http, can set them
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid", f"{_COOKIE_PREFIX}csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
# For this host only, and not preloaded: factbase does not know what else is served below its name, and a preload list
# is hard to leave. So the checks for subdomains (W005) and preload (W021) are silenced.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "base-uri": [_SELF],
        "form-action": [_SELF],
        "frame-ancestors": ["'none'"],
        "img-src": [_SELF, "data:"],
        "object-src": ["'none'"],
    }
}
# The admin theme uses Alpine, which evaluates expressions in attributes and sets inline styles.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [_SELF, "'unsafe-eval'"],
    "style-src": [_SELF, "'unsafe-inline'"],
}

CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api/|oembed$)"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_ALLOW_HEADERS = [*default_headers, "if-none-match"]
CORS_EXPOSE_HEADERS = ["Content-Disposition", "Content-Location", "Date", "ETag", "Link"]
CORS_EXPOSE_HEADERS += ["RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"]

# --- The public API -------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.http.throttling.KeyAuthentication"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.http.throttling.ReaderThrottle"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["claims.api.http.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_FILTER_BACKENDS": ["claims.api.query.filter_backend.FilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "claims.api.query.pagination.KeysetPagination",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "claims.api.http.negotiation.ContentNegotiation",
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.APISchema",
    "EXCEPTION_HANDLER": "claims.api.http.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": "format",
    "NUM_PROXIES": PROXY_COUNT,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "factbase",
    "DESCRIPTION": "Who said what, where, and whether it holds up: attributed quotes, claims and their verdicts.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Without deep links: they would be links within buttons.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False, "docExpansion": "none", "defaultModelsExpandDepth": -1},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "claims.api.schema_document.complete"],
    "ENUM_NAME_OVERRIDES": {
        "QuoteKind": "claims.models.QuoteKind",
        "SpeakerKind": "claims.models.SpeakerKind",
        "SourceKind": "claims.models.SourceKind",
        "CorrectionKind": "claims.models.CorrectionKind",
        "RelationKind": "claims.models.RelationKind",
        "DifferenceKind": "claims.api.resources.match.DIFFERENCE_KINDS",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "claims.logs.formatters.make_formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": []},  # its own handler would log everything twice in development
        "django.request": {"level": "ERROR"},  # a 404 is not worth a warning
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor are requests for hosts that are not ours
        "django.server": {"level": "ERROR"},  # of runserver: claims.requests reports each request already
        "claims.requests": {"level": "INFO"},
        "claims.deliveries": {"level": "INFO"},
    },
}
