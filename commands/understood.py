# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""`loket understood`: which texts people understand, and which must be written better (feature U11)."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from commands.cli import FINE, PROBLEM
from commands.configuration import load_settings
from commands.joining import data_dir
from domain.understanding import GOAL, LEAST_REPLIES, Tally, TextVersion
from sync.understanding_file import FILE_NAME, UnderstandingFile


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing but the settings."""


def run(arguments: argparse.Namespace) -> int:
    """Print a line a text; give 1 when one must be written better."""
    tallies = UnderstandingFile(data_dir(load_settings(arguments.config)) / FILE_NAME).tallies()
    print(as_text(tallies))
    return PROBLEM if any(tally.is_unclear for tally in tallies.values()) else FINE


def as_text(tallies: Mapping[TextVersion, Tally]) -> str:
    """Give one line a text version; no number where there are so few replies that it tells of people."""
    if not tallies:
        return "nobody was asked yet"
    return "\n".join(_line(text, tally) for text, tally in sorted(tallies.items()))


def _line(text: TextVersion, tally: Tally) -> str:
    name = f"{text.service_id} {text.version} {text.language}"
    if tally.share_right is None:
        return f"{name}: fewer than {LEAST_REPLIES} replies"
    told = f"{name}: {tally.share_right:.0%} of {tally.replies} understood it"
    return f"{told}; write it better, the goal is {GOAL:.0%}" if tally.is_unclear else told
