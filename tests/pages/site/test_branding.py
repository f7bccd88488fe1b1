"""A branding directory: its templates and static files take precedence, and the guide names the blocks there are."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
BASE = ROOT / "claims" / "templates" / "claims" / "pages" / "base.html"
SCRIPT = """
import django
django.setup()
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from claims.http.etags import _code_version
from claims.pages.common.site_context import current_site
print(render_to_string("404.html", {"site": current_site()}))
print(finders.find("logo.svg"))
print("version", _code_version())
"""


def render_branded(directory: Path) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "factbase.settings",
        "FACTBASE_BRANDING_DIR": str(directory),
        "FACTBASE_LOGO": "logo.svg",
        "FACTBASE_SECRET_KEY": "a" * 50,
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.nightly
def test_the_example_of_the_guide_works(tmp_path: Path) -> None:
    (template,) = re.findall(r"```html\n(.*?)```", (ROOT / "docs" / "branding.md").read_text(), re.DOTALL)
    base = tmp_path / "templates" / "claims" / "pages" / "base.html"
    base.parent.mkdir(parents=True)
    base.write_text(template)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "logo.svg").write_text("<svg/>")
    shown = render_branded(tmp_path)
    assert '<footer class="site-footer">The Daily Example</footer>' in shown
    assert 'href="/static/branding.css"' in shown
    assert 'href="/static/claims/pages/site.css"' in shown
    assert 'src="/static/logo.svg"' in shown
    assert str(tmp_path / "static" / "logo.svg") in shown
    base.write_text(template.replace("Daily", "Weekly"))
    versions = [re.findall("version (.*)", output)[0] for output in (shown, render_branded(tmp_path))]
    assert versions[0] != versions[1], "a changed template changes ETags"


def test_the_guide_names_every_block() -> None:
    named = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "branding.md").read_text(), re.MULTILINE)
    assert named == re.findall(r"{% block (\w+) %}", BASE.read_text())


@pytest.mark.parametrize("token", ["--serif", "--paper", "--ink", "--accent", "--low", "--none"])
def test_the_tokens_exist(token: str) -> None:
    css = (ROOT / "claims" / "static" / "claims" / "pages" / "tokens.css").read_text()
    assert f"  {token}: " in css
