"""Dialogs that ask before unsaved changes are lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Dialog, Page

from tests.browser.conftest import TIMEOUT_MS


@contextmanager
def answering_leave_dialog(page: Page, *, answer: str = "stay") -> Iterator[list[str]]:
    """Answers every dialog with "stay" or "leave", and yields the types of the dialogs."""
    dialog_types: list[str] = []

    def answer_dialog(dialog: Dialog) -> None:
        dialog_types.append(dialog.type)
        if answer == "stay":
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer_dialog)
    yield dialog_types
    page.remove_listener("dialog", answer_dialog)


def wait_for_dialog(page: Page, dialog_types: list[str]) -> None:
    """Waits until a dialog was answered, or long enough to know that none comes."""
    end = time.monotonic() + TIMEOUT_MS / 1000
    while not dialog_types and time.monotonic() < end:
        page.wait_for_timeout(20)


def wait_until_guarded(page: Page) -> None:
    """Waits until the scripts have recorded the form's initial state."""
    page.wait_for_load_state("load")
    page.evaluate("() => new Promise(resolve => setTimeout(resolve))")  # they do so in a timer set at "load"
