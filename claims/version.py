"""The version of this software."""

from importlib.metadata import PackageNotFoundError, version


def software_version() -> str:
    """Returns the installed version such as `0.1.0`; `dev` in a checkout."""
    try:
        return version("factbase")
    except PackageNotFoundError:
        return "dev"
