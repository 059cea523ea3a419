"""The settings that Django's migrations need, for the database of DATABASE_URL."""

import os
from urllib.parse import urlsplit

address = urlsplit(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/"),
        "USER": address.username,
        "PASSWORD": address.password,
        "HOST": address.hostname,
        "PORT": address.port,
    }
}
INSTALLED_APPS = ["workspaces"]
