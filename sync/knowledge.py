# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds cards, referrals and courses by what people say: SQLite's full text search over Dutch stems, in memory.

Built anew from the content at each start, so that nothing of a question is ever written down. Forgives a slip of the
pen and knows short forms. What can be found is `domain.knowledge`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

import snowballstemmer

from domain.knowledge import Directory, EntryKind, Hit, SearchWords, plain_words

# SQLite's own figure for how rare and how often a word is, by where it stands: title, search words, text.
_WEIGHTS = (6.0, 5.0, 1.0)
_SYNONYM_SHARE = 0.6
_SLIP_SHARE = 0.8
_LEAST_SHARE = 0.2  # of the best: what fits far worse only makes a list longer
_LEAST_FOR_SLIP = 4  # letters: shorter words have too many neighbours
_LEAST_PART = 4  # letters of a part of a compound
_LONGEST_QUESTION = 200
_LONGEST_PHRASE = 5


class SqliteKnowledgeBook:
    """The index of one directory. May be asked by any thread."""

    def __init__(self, directory: Directory, words: SearchWords | None = None, *, is_plain: bool = False) -> None:
        """Build the index; `is_plain` leaves out stems, synonyms and slips: the control of the search set."""
        self._is_plain = is_plain
        self._words = SearchWords() if words is None or is_plain else words
        self._empty = words.empty if words is not None else frozenset()
        self._stemmer = snowballstemmer.stemmer("dutch_porter")
        self._stem_of: dict[str, str] = {}  # of the content's words, never of a question's
        self._is_built = False
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE entry USING fts5(kind UNINDEXED, id UNINDEXED, title, words, text, tokenize='ascii')"
        )
        rows = [
            (kind.value, entry_id, self._indexed(title), self._indexed(words_of), self._indexed(text))
            for kind, entry_id, title, words_of, text in _entries(directory)
        ]
        self._database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
        self._known = frozenset(stem for row in rows for part in row[2:] for stem in part.split())
        self._same = self._synonyms()
        self._is_built = True

    def search(self, text: str, kinds: Sequence[EntryKind], most: int = 8) -> tuple[Hit, ...]:
        """Give what fits best among these kinds, best first."""
        scores: dict[Hit, float] = defaultdict(float)
        with self._lock:
            for stems, share in self._asked(plain_words(text[:_LONGEST_QUESTION])):
                if not stems:
                    continue
                match = " OR ".join(f'"{stem}"' for stem in stems)
                rows = self._database.execute(
                    "SELECT kind, id, bm25(entry, 0, 0, ?, ?, ?) FROM entry WHERE entry MATCH ?",
                    (*_WEIGHTS, match),
                )
                for kind, entry_id, score in rows:
                    if kind in kinds:
                        scores[Hit(EntryKind(kind), entry_id)] -= score * share
            # The stemmer keeps the last word that it saw.
            self._stemmer.stemWord("a")
        # The id decides between equals, so that the same question always gives the same answer.
        ranked = sorted(scores, key=lambda hit: (-scores[hit], hit.kind, hit.id))
        worth = [hit for hit in ranked if scores[hit] >= scores[ranked[0]] * _LEAST_SHARE]
        return tuple(worth[:most])

    def _indexed(self, text: str) -> str:
        return " ".join(self._stems(plain_words(text)))

    def _stems(self, plain: str) -> list[str]:
        spoken = plain.split()
        if self._is_plain:
            return spoken
        if self._is_built:
            return [self._stem_of.get(word) or self._stemmer.stemWord(word) for word in spoken]
        for word in spoken:
            if word not in self._stem_of:
                self._stem_of[word] = self._stemmer.stemWord(word)
        return [self._stem_of[word] for word in spoken]

    def _asked(self, plain: str) -> Iterator[tuple[tuple[str, ...], float]]:
        """Give the stems to look for, each group with how much it counts."""
        said = plain.split()
        telling = [word for word in said if word not in self._empty] or said
        stems = self._stems(" ".join(telling))
        if self._is_plain:
            yield tuple(dict.fromkeys(stems)), 1.0
            return
        own: list[str] = []
        slips: list[str] = []
        for word, stem in zip(telling, stems, strict=True):
            if stem in self._known:
                own.append(stem)
            else:
                slips.extend(self._near(word, stem))
            own.extend(self._stems(plain_words(self._words.short.get(word, ""))))
        yield tuple(dict.fromkeys(own)), 1.0
        yield tuple(stem for stem in dict.fromkeys(slips) if stem not in own), _SLIP_SHARE
        same = self._said_otherwise(self._stems(plain), [*own, *slips])
        yield tuple(stem for stem in dict.fromkeys(same) if stem not in own and stem not in slips), _SYNONYM_SHARE

    def _synonyms(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """Give for each phrase, in stems, the stems of all that means the same."""
        found: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for group in self._words.groups:
            phrases = [tuple(self._stems(plain_words(phrase))) for phrase in group]
            together = [stem for phrase in phrases if len(phrase) == 1 for stem in phrase]
            together += [stem for phrase in phrases if len(phrase) == 2 for stem in phrase if stem in self._known]
            for phrase in phrases:
                found[phrase].extend(together)
        empty = set(self._stems(" ".join(sorted(self._empty))))
        return {phrase: tuple(stem for stem in stems if stem not in empty) for phrase, stems in found.items()}

    def _said_otherwise(self, said: list[str], understood: list[str]) -> Iterator[str]:
        for length in range(1, _LONGEST_PHRASE + 1):
            for start in range(len(said) - length + 1):
                yield from self._same.get(tuple(said[start : start + length]), ())
        for stem in understood:
            yield from self._same.get((stem,), ())

    def _near(self, word: str, stem: str) -> tuple[str, ...]:
        """Give the known stems that a word with a slip, or a compound, may stand for."""
        phrases = {phrase[0] for phrase in self._same if len(phrase) == 1}
        for known in (self._known, phrases):
            if stem in phrases:
                return (stem,)
            if len(stem) >= _LEAST_FOR_SLIP:
                near = sorted(other for other in known if _differs_by_one(stem, other))
                if near:
                    return tuple(near[:3])
        # A slip at the end of a word can change its stem: then the words themselves are compared.
        whole = sorted({self._stem_of[other] for other in self._stem_of if _differs_by_one(word, other)})
        if found := tuple(stem for stem in whole if stem in self._known)[:3]:
            return found
        return tuple(self._parts(word)) or tuple(sorted(one for one in self._known if _begins(one, stem))[:3])

    def _parts(self, word: str) -> Iterable[str]:
        """Give the known parts of a compound: huurachterstand is huur and achterstand."""
        for cut in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
            first, last = self._stems(f"{word[:cut]} {word[cut:]}")
            if first in self._known and last in self._known:
                return first, last
        whole = (self._stems(word[:cut])[0] for cut in range(len(word) - 1, _LEAST_PART, -1))
        return [stem for stem in whole if stem in self._known][:1]


def _begins(known: str, stem: str) -> bool:
    return len(stem) >= _LEAST_FOR_SLIP and known.startswith(stem)


def _differs_by_one(word: str, other: str) -> bool:
    """Tell whether one letter more, less, other, or two that changed places make the same word."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1 or len(short) < _LEAST_FOR_SLIP - 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    is_other = short[same + 1 :] == long[same + 1 :]
    is_turned = short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    return is_other or is_turned


def _entries(directory: Directory) -> Iterator[tuple[EntryKind, str, str, str, str]]:
    for card in directory.cards:
        yield (
            EntryKind.CARD,
            card.id,
            card.title,
            " ".join(card.words),
            " ".join((card.summary, *card.steps, card.deadline, *card.bring)),
        )
    for may_i in directory.may_i:
        text = " ".join((may_i.text, *may_i.instead))
        yield EntryKind.MAY_I, may_i.id, may_i.title, " ".join(may_i.words), text
    for referral in directory.referrals:
        yield EntryKind.REFERRAL, referral.id, referral.name, " ".join(referral.words), referral.what
    for course in directory.courses:
        yield EntryKind.COURSE, course.id, course.name, " ".join(course.words), course.what
