"""The site as a WSGI application, for granian or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")

application = get_wsgi_application()
# All that is loaded stays for good: it need not be looked through again and again, within requests, for what is not
# needed any more.
get_resolver().url_patterns  # noqa: B018  # which loads the views
gc.collect()
gc.freeze()
