"""When a session was last used: it ends when nobody uses it."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest

RENEWAL_SECONDS = 300  # not with every request: each renewal writes to the database
USED_AT_KEY = "used_at"


@receiver(user_logged_in, dispatch_uid="claims.session_begins")
def begin(request: HttpRequest, **_: Any) -> None:
    request.session[USED_AT_KEY] = int(time.time())


def renew(session: SessionBase) -> None:
    """Puts off the end of a signed-in session that was used, unless that was done a moment ago."""
    if not session.accessed or session.modified or SESSION_KEY not in session:
        return
    now = int(time.time())
    if now - session.get(USED_AT_KEY, 0) >= min(RENEWAL_SECONDS, settings.SESSION_COOKIE_AGE // 10):
        session[USED_AT_KEY] = now
