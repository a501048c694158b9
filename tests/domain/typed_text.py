# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people, and people who mean harm, may type: a strategy for hypothesis."""

from hypothesis import strategies as st

HOSTILE: tuple[str, ...] = (
    "",
    "\0",
    "\u202e\u2066abc\u2069",
    "\ud800",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "a\u0301" * 50,
    "ﷺ",
    "<b>vet</b>&amp;",
    "'; DROP TABLE submissions; --",
    "{date} %s {0.__class__}",
    "٣" * 30,
    "①②½Ⅷ",
    "99999999999999999999",
    "0" * 500,
    "over 999 weken",
    "31-12-9999",
    "١٤-١٢",
)

CLOSE_TO_RIGHT = st.lists(
    st.sampled_from(
        [
            "14",
            "12",
            "2026",
            "26",
            "dec",
            "mei",
            "e",
            "-",
            "/",
            ".",
            ",",
            "+",
            "(",
            ")",
            "06",
            "0031",
            "@",
            ".",
            "nl",
            "at",
            "1012",
            "AB",
            "b",
            "bis",
            "half",
            "over",
            "'t",
            "\u200f",
            "\n",
            "0",
            "maandag",
        ]
    ),
    max_size=12,
).map("".join)

TYPED = st.one_of(
    st.text(), st.sampled_from(HOSTILE), CLOSE_TO_RIGHT, st.text(alphabet="0123456789 -/.:+()abe@", max_size=40)
)
