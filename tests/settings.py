"""Settings of a test run: a data folder that goes away, mail in memory, tasks at once."""

import atexit
import os
import shutil
import tempfile

if "ANSWERABLE_DATA_DIR" not in os.environ:
    os.environ["ANSWERABLE_DATA_DIR"] = tempfile.mkdtemp(prefix="answerable-tests-")
    atexit.register(shutil.rmtree, os.environ["ANSWERABLE_DATA_DIR"], ignore_errors=True)

from answerable.config.settings import *  # noqa: F403
from answerable.config.settings import DATABASES

SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
