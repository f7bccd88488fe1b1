"""The command line: `python manage.py COMMAND` in a checkout, `factbase COMMAND` where the wheel is installed."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

INTERRUPTED = 130  # what shells report of a command that Ctrl-C ended


def main() -> None:
    """Runs the command named in `sys.argv`.

    An invalid setting or a failing database is reported in one line with exit status 1; `--traceback` shows all of it.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"factbase: {error}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"factbase: database error: {' '.join(str(error).split())}")
