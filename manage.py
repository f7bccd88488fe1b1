#!/usr/bin/env python
"""Run a command of the site: `python manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command line; a setting that makes no sense is one line on standard error and exit status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"factbase: {error}")


if __name__ == "__main__":
    main()
