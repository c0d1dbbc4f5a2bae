"""The web server's way in."""

from __future__ import annotations

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from antenne.kernel.collecting import collector_settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antenne.config.settings")

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every page's code, which the first request would load
collector_settle()
