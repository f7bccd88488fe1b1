"""Accessibility checks with axe-core."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.screens import wait_until_still

# All rules that axe has on by default (WCAG 2 A and AA, best practice) at every impact, and targets of at least 24 px.
ALL_RULES: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What depends on the colours and the width of the screen alone.
RULES_OF_A_SCREEN = ["color-contrast", "target-size"]
# An icon is a word set in a font of ligatures: until the font is there, axe takes it for text.
ICONS = {"exclude": [[".material-symbols-outlined"]]}


def accessibility_violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """The violations of these rules, or of all, on this page, each with the first elements that violate it."""
    wait_until_still(page)
    options = {"resultTypes": ["violations"], "runOnly": list(rules)} if rules else ALL_RULES
    return [
        f"{violation['id']} ({len(violation['nodes'])}): "
        + " | ".join(node["html"][:160] for node in violation["nodes"][:3])
        for violation in Axe().run(page, context=ICONS, options=options).response["violations"]
    ]
