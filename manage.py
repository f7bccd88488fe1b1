#!/usr/bin/env python
"""Run a command of the site: `python manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main() -> None:
    """Run the command line; a setting that makes no sense, or a database that fails, is one line and exit status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"factbase: {error}")
    except KeyboardInterrupt:
        sys.exit(130)  # what shells say of a command that Ctrl-C ended
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"factbase: the database fails: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main()
