"""Dialogs that ask before unsaved changes are lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Dialog, Page

from tests.browser.waiting import wait_until


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
    """Waits until a dialog was answered."""
    wait_until(page, lambda: dialog_types)


def wait_until_guarded(page: Page) -> None:
    """Waits until the scripts have recorded the form's initial state."""
    page.wait_for_load_state("load")
    page.evaluate("() => new Promise(resolve => setTimeout(resolve))")  # they do so in a timer set at "load"
