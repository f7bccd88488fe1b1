"""The command line: `python manage.py COMMAND` in a checkout, `factbase COMMAND` where the wheel is installed."""

import os
import sys

from django import db
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from claims.database.connections.outages import find_outage

INTERRUPTED = 130  # what shells report of a command that Ctrl-C ended
ADVICE = {  # by what the database says
    "run `migrate`": "Nothing was changed.",
    "locked": "Another process writes for long: try again, or stop it.",
    "deadlock": "Another process was in the way: try again.",
    "full": "Make room on the disk, then try again.",
    "no space left": "Make room on the disk, then try again.",
    "readonly": "This account may not write there: see the owner of the file and its directory.",
    "read-only": "The server takes no writes: see whether it is a standby.",
    "unable to open": "See DATABASE_URL and FACTBASE_DATA_DIR, and who owns the file and its directory.",
    "not a database": "See DATABASE_URL, or restore a backup.",
    "malformed": "The file is damaged: restore a backup.",
    "password authentication failed": "See the name and the password in DATABASE_URL.",
}


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
    except Exception as error:
        if "--traceback" in sys.argv or not (isinstance(error, db.Error) or find_outage(error)):
            raise
        sys.exit(f"factbase: database error: {' '.join(str(error).split())}. {advise(error)}")


def advise(error: Exception) -> str:
    """Says what an operator can do about a database's error."""
    outage = find_outage(error)
    if outage is None:
        return "See `check --database default`; --traceback shows where it happened."
    advice = [text for sign, text in ADVICE.items() if sign in outage.lower()]
    return (advice or ["See DATABASE_URL, and whether the server runs."])[0]
