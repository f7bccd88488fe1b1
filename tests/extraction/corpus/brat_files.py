"""Writes small corpora of invented texts in brat standoff format."""

from collections.abc import Sequence
from pathlib import Path

# (source, cue, content) as in the text; "" if missing; the parts of a discontinuous one joined by " … ".
MarkedAttribution = tuple[str, str, str]


def locate_parts(text: str, words: str) -> list[tuple[int, int]]:
    """Return the offsets of the parts, each at its first occurrence in the text."""
    return [(at, at + len(part)) for part in words.split(" … ") if part for at in [text.index(part)]]


def brat_annotations(text: str, attributions: Sequence[MarkedAttribution]) -> str:
    """Return an annotation file with these attributions."""
    lines: list[str] = []
    for attribution in attributions:
        roles = []
        for role, words in zip(("Source", "Cue", "Content"), attribution, strict=True):
            if words:
                key = f"T{len(lines) + 1}"
                places = ";".join(f"{start} {end}" for start, end in locate_parts(text, words))
                lines.append(f"{key}\t{role} {places}\t{words}")
                roles.append(f"{role}:{key}")
        key = f"T{len(lines) + 1}"
        start, end = locate_parts(text, attribution[1] or attribution[2])[0]
        lines.append(f"{key}\tAttribution {start} {end}\t{text[start:end]}")
        lines.append(f"E{len(lines) + 1}\tAttribution:{key} {' '.join(roles)}")
    return "".join(f"{line}\n" for line in lines)


def write_annotated_text(folder: Path, name: str, text: str, annotations: str, *, annotator: str = "4b22") -> None:
    """Write a text in PolNeAR's layout, without checks."""
    for path, content in (
        (folder / "text" / f"{name}.txt", text),
        (folder / "attributions" / f"{name}_{annotator}.ann", annotations),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
