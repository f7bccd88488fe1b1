"""Accessibility checks with axe-core."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

REPORTED_IMPACTS = {"serious", "critical"}


def accessibility_violations(page: Page) -> list[str]:
    """The serious and critical violations of WCAG 2 A and AA, each with the first elements that violate it."""
    options = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{violation['id']} ({len(violation['nodes'])}): "
        + " | ".join(node["html"][:160] for node in violation["nodes"][:3])
        for violation in violations
        if violation["impact"] in REPORTED_IMPACTS
    ]
