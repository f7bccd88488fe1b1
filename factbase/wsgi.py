import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")

application = get_wsgi_application()
# Everything loaded so far stays in memory: exclude it from garbage collection, which would scan it during requests.
get_resolver().url_patterns  # noqa: B018  # loads the views
gc.collect()
gc.freeze()
