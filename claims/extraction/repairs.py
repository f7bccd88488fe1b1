"""Where form decides: what stands between marks is one utterance, whatever the tagger made of its middle.

The tagger reads words; a quotation's bounds are marks. Each rule takes the drafts of a document and changes them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from claims.extraction.cues import BE, CUES
from claims.extraction.drafts import Draft, Range
from claims.extraction.labels import label_of, transcript_labels
from claims.extraction.quotation import Part
from claims.extraction.roles import OPINIONS, THINGS
from claims.extraction.tagger.words import Quoted, Script, Side

# A content with this share of the words between two marks is meant to hold them all.
MOST = 0.5
# Fewer words between marks are a name or a phrase, not an utterance that could stand by itself.
UTTERANCE = 4
DASHES = frozenset("—–―-")
# A signature has no more words: a name, an age, an office.
LONGEST_NAME = 10
SENTENCE_END = frozenset(".!?…")
HIS = frozenset({"his", "her", "their", "my", "our"})
# Words before a content that begin its sentence, at most.
LONGEST_LEAD = 60
LEADS = frozenset(
    {
        "although",
        "though",
        "while",
        "if",
        "when",
        "because",
        "since",
        "as",
        "after",
        "before",
        "unless",
        "despite",
        "in",
    }
    | {"at", "on", "for", "but", "and"}
)
POINTING = frozenset({"this", "that", "these", "those"})
PASSIVE = BE | {"be", "been"}
PARTICIPLES = frozenset(form for form in CUES if form.endswith(("ed", "id", "own", "ught", "lt", "ritten")))
# A content of these only points at what was said elsewhere.
EMPTY = frozenset(
    [
        "this",
        "that",
        "it",
        "so",
        "the",
        "a",
        "an",
        "these",
        "those",
        "such",
        "what",
        "which",
        "he",
        "she",
        "they",
        "them",
        "him",
        "her",
    ]
)


class Repairs:
    """The rules over one document. Words belong to one draft at most."""

    def __init__(self, script: Script, drafts: Sequence[Draft]) -> None:
        self.script = script
        self.drafts = list(drafts)
        self.capitals = Counter(word.text for word in script.words if word.text[0].isupper())
        self.owner = {word: number for number, draft in enumerate(self.drafts) for word in draft.words()}
        self.cues = {draft.cue[0]: number for number, draft in enumerate(self.drafts) if draft.cue}
        self.barred = {
            word for draft in self.drafts for part in (draft.cue, draft.source) if part for word in range(*part)
        }

    def run(self) -> list[Draft]:
        """Apply every rule; gives the drafts that still have a content."""
        rules: list[Callable[[], None]] = [
            self._complete,
            self._sign,
            self._resume,
            self._announce,
            self._prune,
            self._stay,
            self._begin,
            self._opine,
            self._label,
            self._name,
            self._expel,
            self._speak,
        ]
        for rule in rules:
            rule()
        kept = [draft for draft in self.drafts if draft.content and self._says_something(draft)]
        return sorted(kept, key=lambda draft: draft.content[0])

    def _inner(self, quoted: Quoted) -> list[int]:
        return [word for word in range(quoted.start, quoted.end) if self.script.words[word].is_word]

    def _give(self, quoted: Quoted, number: int) -> None:
        """Make the whole stretch, marks and all, part of this draft's content."""
        self._take(set(range(quoted.start, quoted.end)), number)

    def _take(self, taken: set[int], number: int) -> None:
        """Make the words part of this draft's content and of no other's."""
        self._free({word for word in taken if self.owner.get(word) != number})
        self.drafts[number].hold(set(self.drafts[number].words()) | taken)
        self.owner.update(dict.fromkeys(taken, number))

    def _free(self, words: set[int]) -> None:
        """Make the words part of no draft's content."""
        for loser in {self.owner.pop(word) for word in words if word in self.owner}:
            self.drafts[loser].hold(set(self.drafts[loser].words()) - words)

    def _complete(self) -> None:
        """A content that holds most of a stretch holds all of it, and all that goes on in the next paragraph."""
        continued = {quoted.continues for quoted in self.script.quoted}
        for number, quoted in enumerate(self.script.quoted):
            if not quoted.stretch.closed and number not in continued:
                continue  # nothing tells where it ends
            inner = self._inner(quoted)
            shares: dict[int, int] = {}
            for word in inner:
                if word in self.owner:
                    shares[self.owner[word]] = shares.get(self.owner[word], 0) + 1
            if not shares and quoted.continues is not None:
                before = self.owner.get(self.script.quoted[quoted.continues].end - 1)
                shares = {} if before is None else {before: len(inner)}
            best = max(shares, key=shares.__getitem__, default=None)
            if best is not None and shares[best] >= MOST * len(inner) and self.barred.isdisjoint(inner):
                self._give(quoted, best)

    def _sign(self) -> None:
        """`"…" — Ann Moor`: a name that ends a paragraph behind a dash signs the quotation that began it."""
        words = self.script.words
        for first, last in self._paragraphs():
            dash = next((i for i in range(last - 1, first, -1) if words[i].text in DASHES), first)
            name = words[dash + 1 : last]
            signed = 0 < len(name) <= LONGEST_NAME and name[0].text[0].isupper()
            signed = signed and 2 * sum(word.text[0].isupper() for word in name) >= len(name)
            if signed and dash - first > UTTERANCE and words[first].side is Side.OPENS and not words[dash - 1].is_word:
                # Whoever else the tagger thought of keeps what else it thought they said.
                made = Draft([], (dash, dash + 1), (dash + 1, last))
                self.drafts.append(made)
                self._take(set(range(first, dash)), len(self.drafts) - 1)

    def _paragraphs(self) -> Iterator[tuple[int, int]]:
        """The words of each paragraph, first and last (exclusive)."""
        words = self.script.words
        start = 0
        for end in range(1, len(words) + 1):
            if end == len(words) or words[end].paragraph != words[start].paragraph:
                yield start, end
                start = end

    def _speak(self) -> None:
        """A transcript's paragraphs are their speakers' to the end, and go on until the next label."""
        script = self.script
        labels = transcript_labels(script.text, script.paragraphs)
        found = [label_of(script.text, paragraph, labels) for paragraph in script.paragraphs]
        if not any(found):
            return
        firsts = [bisect_left(script.words, p.start, key=lambda word: word.span.start) for p in script.paragraphs]
        # Where most paragraphs have a label, those without one go on.
        is_transcript = 2 * sum(label is not None for label in found) >= len(found)
        speaking: Draft | None = None
        for number, label in enumerate(found):
            first = firsts[number]
            last = firsts[number + 1] if number + 1 < len(firsts) else len(script.words)
            if label:
                colon = bisect_left(script.words, label.end, key=lambda word: word.span.start)
                named = bisect_left(script.words, label.start, key=lambda word: word.span.start)
                speaking = Draft([], (colon, colon + 1), (named, colon), line=True)
                self.drafts.append(speaking)
                first = colon + 1
            elif not is_transcript:
                speaking = None
            if any(q.start < first and q.end == last and q.stretch.closed for q in script.quoted):
                last -= 1  # the mark that closes what one before the label opened
            if speaking and first < last:
                said = set(range(first, last))
                self._free(said)
                self.owner.update(dict.fromkeys(said, -1))
                speaking.content.append((first, last))

    def _announce(self) -> None:
        """`He spoke of the demands: "…"`: what stands before the colon only announces what was said."""
        words = self.script.words
        for quoted in self.script.quoted:
            owner = self.owner.get(quoted.start)
            inner = self._inner(quoted)
            if owner is None or len(inner) < UTTERANCE or not words[inner[0]].text[0].isupper():
                continue
            if quoted.start and words[quoted.start - 1].text == ":" and self._begins_outside(owner, quoted):
                draft = self.drafts[owner]
                draft.hold({word for word in draft.words() if word >= quoted.start})

    def _stay(self) -> None:
        """The reporter's own words do not run over from one paragraph, or heading, into the next."""
        words = self.script.words
        for draft in self.drafts:
            if draft.line or not draft.cue:
                continue
            home = words[draft.cue[0]].paragraph
            kept = {
                word for word in draft.words() if words[word].paragraph == home or words[word].side is not Side.OUTSIDE
            }
            if kept:
                draft.hold(kept)

    def _opine(self) -> None:
        """`In his opinion, …`: the rest of the sentence is what he thinks."""
        for index in range(len(self.script.words) - 4):
            noun = self._opinion(index)
            if noun is not None:
                self._replace((index, noun + 1), (index + 1, noun), noun + 2)

    def _replace(self, cue: Range, source: Range, start: int) -> None:
        """Make what begins at `start` one statement to its sentence's end, instead of what its words made until now."""
        end = self._sentence_end(start)
        for word in range(cue[0], end):
            if word in self.cues:
                self._free(set(self.drafts[self.cues[word]].words()))
        self.drafts.append(Draft([], cue, source))
        self._take(set(range(start, end)), len(self.drafts) - 1)

    def _opinion(self, index: int) -> int | None:
        """The "opinion" of an "In his opinion," that begins a sentence at `index`."""
        words = self.script.words
        first, before = words[index], words[index - 1] if index else None
        if first.text.lower() != "in" or first.side is not Side.OUTSIDE:
            return None
        if before and before.text not in SENTENCE_END and before.paragraph == first.paragraph:
            return None
        for noun in range(index + 2, min(index + 6, len(words) - 2)):
            if words[noun].text.lower() in OPINIONS and words[noun + 1].text == ",":
                owner = words[noun - 1].text.lower()
                return noun if owner in HIS or owner.endswith("'s") else None
        return None

    def _sentence_end(self, start: int) -> int:
        words = self.script.words
        end = start
        while end < len(words) and words[end].paragraph == words[start].paragraph:
            if words[end].text in SENTENCE_END and words[end].side is Side.OUTSIDE:
                return end
            end += 1
        return end

    def _begin(self) -> None:
        """`Although it rained, the river is low, said Moor`: what is said before the cue begins with its sentence."""
        words = self.script.words
        for number, draft in enumerate(self.drafts):
            start, end = draft.content[0] if draft.content else (0, 0)
            part = min((p for p in (draft.cue, draft.source) if p), default=None)
            if (
                part is None
                or words[start].side is not Side.OUTSIDE
                or any(words[i].is_word for i in range(end, part[0]))
            ):
                continue
            first = start
            while first and words[first - 1].paragraph == words[start].paragraph and start - first < LONGEST_LEAD:
                before = words[first - 1]
                if before.text in SENTENCE_END or before.side is not Side.OUTSIDE:
                    break
                if first - 1 in self.owner or first - 1 in self.barred:
                    first = start
                    break
                first -= 1
            if first < start and words[first].text.lower() in LEADS:
                self._take(set(range(first, start)), number)

    def _label(self) -> None:
        """`Later, on the radio, Moor: it rains`: a name known from elsewhere, a colon and a clause are a statement."""
        words = self.script.words
        for colon in range(1, len(words) - UTTERANCE):
            after = words[colon + 1]
            if words[colon].text != ":" or words[colon].side is not Side.OUTSIDE or not after.text[0].islower():
                continue
            start = self._name_before(colon)
            led = start < colon and (start == 0 or words[start - 1].text == "," or self._opens(start))
            if led and self.capitals[words[colon - 1].text] > 1 and after.paragraph == words[colon].paragraph:
                self._replace((colon, colon + 1), (start, colon), colon + 1)

    def _opens(self, index: int) -> bool:
        """Whether a sentence begins with the word."""
        before, here = self.script.words[index - 1], self.script.words[index]
        return before.text in SENTENCE_END or before.paragraph != here.paragraph

    def _name_before(self, end: int) -> int:
        """Where the run of capitalised words begins that ends before a word; `end` itself where there is none."""
        words = self.script.words
        start = end
        while start and words[start - 1].is_word and words[start - 1].text[0].isupper() and end - start < LONGEST_NAME:
            start -= 1
        return start

    def _expel(self) -> None:
        """`It is reported that`: this "it" is nobody, and no "this" ever says anything."""
        words = self.script.words
        for draft in self.drafts:
            if draft.source and draft.cue and draft.source[1] - draft.source[0] == 1:
                named = words[draft.source[0]].text.lower()
                cue = {words[i].text.lower() for i in range(*draft.cue)}
                if named in POINTING or (named == "it" and cue & PASSIVE and cue & PARTICIPLES):
                    draft.source = None
                    draft.repaired.add(Part.MENTION)

    def _name(self) -> None:
        """`Moor: it rains`: without another source, the name before the colon."""
        words = self.script.words
        for draft in self.drafts:
            if draft.source or not draft.cue or words[draft.cue[0]].text != ":":
                continue
            end = draft.cue[0]
            start = self._name_before(end)
            if start < end:
                draft.source = (start, end)
                draft.repaired.add(Part.MENTION)

    def _says_something(self, draft: Draft) -> bool:
        """Whether a statement is left: not "this" or "it", and not "according to the … formula"."""
        words = self.script.words
        if draft.source and draft.cue and words[draft.cue[0]].text.lower() == "according":
            named = words[draft.source[1] - 1].text.lower()
            if named in THINGS:
                return False
        return any(words[i].is_word and words[i].text.lower() not in EMPTY for i in draft.words())

    def _resume(self) -> None:
        """`"…," she said, adding that …. "…"`: an utterance that stands by itself goes on from the one before it."""
        words = self.script.words
        speaking: tuple[int, int] | None = None  # the paragraph and the draft of the last utterance in it
        for quoted in self.script.quoted:
            inner = self._inner(quoted)
            paragraph = words[quoted.start].paragraph
            owners = {self.owner.get(word) for word in inner}
            owner = next(iter(owners)) if len(owners) == 1 else None
            alone = len(inner) >= UTTERANCE and self._stands_alone(quoted)
            swallowed = owner is not None and self._begins_outside(owner, quoted)
            if alone and speaking and speaking[0] == paragraph and (owners == {None} or swallowed):
                self._give(quoted, speaking[1])
                continue
            if owner is not None and not swallowed and self._is_utterance(owner, quoted):
                speaking = (paragraph, owner)

    def _stands_alone(self, quoted: Quoted) -> bool:
        """Whether punctuation, or nothing, stands before the opening mark."""
        return quoted.start == 0 or not self.script.words[quoted.start - 1].is_word

    def _begins_outside(self, number: int, quoted: Quoted) -> bool:
        """Whether the draft's content begins with the reporter's words and comes to the stretch later."""
        start, _ = self.drafts[number].content[0]
        return start < quoted.start and self.script.words[start].side is Side.OUTSIDE

    def _is_utterance(self, number: int, quoted: Quoted) -> bool:
        return any(start == quoted.start and end == quoted.end for start, end in self.drafts[number].content)

    def _prune(self) -> None:
        """`"Yes," she said, and soon it rained`: beside whole utterances, the reporter's words are the reporter's."""
        sides = [word.side for word in self.script.words]
        for draft in self.drafts:
            outside = [
                (start, end)
                for start, end in draft.content
                if all(sides[word] is Side.OUTSIDE for word in range(start, end))
            ]
            spoken = [
                part for part in draft.content if sides[part[0]] is Side.OPENS and sides[part[1] - 1] is Side.CLOSES
            ]
            if spoken and outside:
                gone = {word for start, end in outside for word in range(start, end)}
                draft.hold(set(draft.words()) - gone)
