"""The drafts of `draft_texts.yaml`, which quote invented sources: what is found, beside what is right."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from claims.models import Quote, Rating, Snapshot, Speaker
from claims.services.claims.claim_vectors import update_vectors
from claims.services.drafts.check import check_draft
from claims.services.drafts.findings import Audience, Finding, Outcome
from tests import factories as make

FOLDER = Path(__file__).parent
MIN_SCORE = 0.95  # precision and recall of each outcome


@dataclass(frozen=True, slots=True)
class CorpusDraft:
    """A draft, and for each quotation its outcome, its first words, and an alteration or nothing."""

    text: str
    expected: tuple[tuple[Outcome, str, str], ...]


@dataclass(slots=True)
class OutcomeScore:
    """How often an outcome is right, of those that are expected and of those that are found."""

    right: int = 0
    expected: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


@dataclass(slots=True)
class CorpusScore:
    """The scores by outcome, and a line for each mistake."""

    outcomes: dict[Outcome, OutcomeScore]
    mistakes: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[str]:
        for outcome, score in self.outcomes.items():
            yield f"| {outcome} | {score.expected} | {score.precision:.2f} | {score.recall:.2f} |"


def read_drafts() -> list[CorpusDraft]:
    return [
        CorpusDraft(
            entry["text"].strip(),
            tuple((Outcome(outcome), words, (rest or [""])[0]) for outcome, words, *rest in entry["expect"]),
        )
        for entry in yaml.safe_load((FOLDER / "draft_texts.yaml").read_text(encoding="utf-8"))
    ]


def store_sources() -> None:
    """Stores the invented sources with their quotes, claims and verdicts."""
    speakers: dict[str, Speaker] = {}
    for entry in yaml.safe_load((FOLDER / "draft_sources.yaml").read_text(encoding="utf-8")):
        snapshot = make.SnapshotFactory(
            source__title=entry["title"], source__publisher=entry["publisher"], text=entry["text"].strip()
        )
        for quote in entry["quotes"]:
            _store_quote(snapshot, quote, speakers)
    list(update_vectors())


def _store_quote(snapshot: Snapshot, entry: Mapping[str, Any], speakers: dict[str, Speaker]) -> Quote:
    name = entry["speaker"]
    if name not in speakers:
        speakers[name] = make.SpeakerFactory(name=name, kind=entry.get("entity", "person"))
        for alias in entry.get("aliases", ()):
            make.SpeakerNameFactory(speaker=speakers[name], name=alias)
    spans = [[start, start + len(words)] for words in entry["words"] for start in [snapshot.text.index(words)]]
    text = snapshot.text
    values: dict[str, Any] = {"before_claim": entry.get("decision", "accepted") == "accepted"}
    if "claim" in entry:
        values = {"accepted": True, "claim__text": entry["claim"]}
    quote: Quote = make.QuoteFactory(
        snapshot=snapshot,
        kind=entry.get("kind", "direct"),
        spans=spans,
        start=spans[0][0],
        end=spans[-1][1],
        exact=" ".join(text[start:end] for start, end in spans),
        prefix="",
        suffix="",
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
        mention_kind="",
        speaker=speakers[name],
        **values,
    )
    if "verdict" in entry:
        rating = Rating.objects.get(slug=entry["verdict"])
        make.VerificationFactory(claim=quote.claim, published=True, rating=rating)
    return quote


def score_drafts(audience: Audience = Audience.EDITORS) -> CorpusScore:
    """Checks all drafts against the stored sources. What is found besides counts against the outcome it has."""
    scores = CorpusScore({outcome: OutcomeScore() for outcome in Outcome})
    for draft in read_drafts():
        _score(draft, list(check_draft(draft.text, audience=audience).findings), scores)
    return scores


def _score(draft: CorpusDraft, findings: list[Finding], scores: CorpusScore) -> None:
    for finding in findings:
        scores.outcomes[finding.outcome].found += 1
    for outcome, words, alteration in draft.expected:
        scores.outcomes[outcome].expected += 1
        finding = next((each for each in findings if each.text.lower().startswith(words.lower())), None)
        if finding is None:
            scores.mistakes.append(f"{outcome}: not among the quotations: {words} ({draft.text[:100]})")
            continue
        findings.remove(finding)
        if finding.outcome is not outcome:
            scores.mistakes.append(f"{outcome}, found {finding.outcome}: {finding.text[:120]}")
        elif alteration and alteration not in finding.alterations:
            scores.mistakes.append(f"{outcome} {alteration}, found {[*finding.alterations]}: {finding.text[:120]}")
        else:
            scores.outcomes[outcome].right += 1
    unexpected = Counter(f"unexpected {finding.outcome}: {finding.text[:120]}" for finding in findings)
    scores.mistakes += list(unexpected)
