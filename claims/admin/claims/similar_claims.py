"""Similar claims on editors' pages, which work without them if the encoder's files are missing or damaged."""

import logging
from collections.abc import Callable
from typing import TypeVar

from claims.matching import EncoderError

UNAVAILABLE = "Similar claims can’t be searched: the language model is missing or damaged. Tell an administrator."

Found = TypeVar("Found")

logger = logging.getLogger(__name__)


def search_or_explain(search: Callable[[], list[Found]]) -> tuple[list[Found], str]:
    """Returns what the search finds and, if it cannot be made, why; what is wrong with the files is logged."""
    try:
        return search(), ""
    except EncoderError as error:
        logger.error("similar claims are not searched: %s", error)  # noqa: TRY400  # its message says all
        return [], UNAVAILABLE
