# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether Dutch texts are plain: sentences, reasons, office words, rare words, the passive, and reading ease (L01)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import DefinitionProblem
from i18n import passive_dutch, plain_dutch
from i18n.rare_words import is_rare

WORDS = "words.toml"


@dataclass(frozen=True, slots=True)
class WordList:
    """Rare words that may stand in texts (`resources/services/words.toml`)."""

    known: frozenset[str] = frozenset()
    explained: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> WordList:
        """Read the list beside the services; none is an empty one."""
        path = folder / WORDS
        if not path.exists():
            return cls()
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        explained = {str(word).lower(): tuple(says) for word, says in found.get("explained", {}).items()}
        return cls(frozenset(str(word).lower() for word in found.get("known", [])), explained)

    def wrong_with(self, text: str, texts: Mapping[str, str]) -> Iterator[str]:
        """Say which words of a text are hard; `texts` is everything that the same service says, by key."""
        # By sentence, since that fills in what stands between braces.
        spoken = (word.lower() for sentence in plain_dutch.sentences(text) for word in plain_dutch.words(sentence))
        for word in dict.fromkeys(spoken):
            says = self.explained.get(word)
            if says is not None:
                if not _is_explained(word, says, texts):
                    yield f'uses "{word}" and explains it nowhere: say "{says[0]}", or use a plain word'
            elif word not in self.known and is_rare(word):
                yield (
                    f'uses "{word}", a rare word: use a plain word. Is there none? Put it in {WORDS}: under known when '
                    "everybody knows it, under explained with the words that explain it"
                )


def _is_explained(word: str, says: tuple[str, ...], texts: Mapping[str, str]) -> bool:
    if any(piece.lower() in text.lower() for piece in says for text in texts.values()):
        return True
    # A choice that bears the word, with a line of help below it.
    return any(
        text.lower() == word and key.replace(".choice.", ".choice_help.") in texts
        for key, text in texts.items()
        if ".choice." in key
    )


def wrong_with(key: str, text: str) -> Iterator[str]:
    """Say what is not plain enough in one text, apart from its words."""
    for sentence in plain_dutch.sentences(text):
        count = len(plain_dutch.words(sentence))
        if count > plain_dutch.LONGEST_SENTENCE:
            most = plain_dutch.LONGEST_SENTENCE
            yield f'has a sentence of {count} words: at most {most}; make two of "{sentence[:40]}..."'
    if key.endswith(".why"):
        count = len(plain_dutch.words(text))
        if count > plain_dutch.LONGEST_WHY:
            yield f"has {count} words: a reason has at most {plain_dutch.LONGEST_WHY}"
    for word in plain_dutch.refused_words(text):
        yield f'uses "{word}": say it in plain words, and blame nobody'
    if key.startswith("problem.") and "fout" in text.lower():
        yield 'uses "fout": say what to do'


def too_hard(file: str, texts: Iterable[str]) -> Iterator[DefinitionProblem]:
    """Say when all texts of a file together are hard to read."""
    all_texts = tuple(texts)
    figures = plain_dutch.measure(all_texts)
    least = plain_dutch.LEAST_FLESCH_DOUMA
    if figures.flesch_douma < least:
        yield DefinitionProblem(file, 1, f"Flesch-Douma {figures.flesch_douma} is under {least:.0f}: use shorter words")
    sentences = tuple(sentence for text in all_texts for sentence in plain_dutch.sentences(text))
    passive = passive_dutch.share(sentences)
    if passive > passive_dutch.MOST_PASSIVE:
        first = next(sentence for sentence in sentences if passive_dutch.is_passive(sentence))
        yield DefinitionProblem(
            file,
            1,
            f"{passive} of 100 sentences are passive: at most {passive_dutch.MOST_PASSIVE:.0f}; say who does it, "
            f'for instance in "{first[:60]}"',
        )
