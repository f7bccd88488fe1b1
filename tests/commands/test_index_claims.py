"""`index_claims` makes stored claims findable."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests import factories as make
from tests.commands.shell import Shell


@pytest.mark.django_db
def test_stored_claims_are_indexed(shell: Shell, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    make.ClaimFactory.create_batch(3)
    make.ClaimFactory(proposed=True)
    assert shell("index_claims").out == "Indexed 3 claims: 3 can be found.\n"
    assert shell("index_claims").out == "Indexed 0 claims: 3 can be found.\n"
