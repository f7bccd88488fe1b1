"""Which requests the live server is answering, for tests that must not leave one to the next test's database."""

from collections.abc import Iterator
from threading import Condition
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class OpenRequests:
    """A WSGI application around another, which counts the requests that are not answered whole."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.count = 0
        self.changed = Condition()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        self._add(1)
        try:
            response = self.application(environ, start_response)
            try:
                yield from response
            finally:
                if hasattr(response, "close"):
                    response.close()
        finally:
            self._add(-1)

    def _add(self, number: int) -> None:
        with self.changed:
            self.count += number
            self.changed.notify_all()

    def wait_for_end(self, seconds: float) -> None:
        """Waits until all are answered. Fails if one is not after so many seconds."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.count, seconds), f"{self.count} requests are not answered"
