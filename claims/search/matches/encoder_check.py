"""The system check of the encoder's files: a site works without them, but finds no similar claims."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register  # noqa: A004  # Django's name

from claims.matching import EncoderError, verify_encoder


@register
def check_encoder(**_: Any) -> list[CheckMessage]:
    try:
        verify_encoder()
    except EncoderError as error:
        return [Warning(str(error), hint="without it, no similar claims are found", id="claims.W001")]
    return []
