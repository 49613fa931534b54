"""The web entry point of a node."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentrm.config.settings")
application = get_wsgi_application()
