"""What axe-core finds of a page that keeps people from using it."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

REPORTED_IMPACTS = {"serious", "critical"}


def accessibility_violations(page: Page) -> list[str]:
    """The serious and critical violations of WCAG 2 A and AA, each with the first elements that have it."""
    options = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']} ({len(each['nodes'])}): {' | '.join(node['html'][:160] for node in each['nodes'][:3])}"
        for each in found
        if each["impact"] in REPORTED_IMPACTS
    ]
