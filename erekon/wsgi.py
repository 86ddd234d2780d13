"""The WSGI entry of the portal."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erekon.settings")
application = get_wsgi_application()

# Django would load the pages with the first request: the server's leader loads them once, for all its workers.
from erekon import urls  # noqa: E402,F401
