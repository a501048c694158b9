# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A sealer that hides nothing, so that a test can see what was sealed."""

from domain.errors import SealingError

_MARK = b"sealed:"


class FakeSealer:
    """Puts a mark before the bytes; `fails_with` makes it fail."""

    def __init__(self, key_id: str = "test-key") -> None:
        self._key_id = key_id
        self.fails_with: SealingError | None = None

    @property
    def key_id(self) -> str:
        return self._key_id

    def seal(self, plain: bytes) -> bytes:
        if self.fails_with is not None:
            raise self.fails_with
        return _MARK + plain

    @staticmethod
    def opened(sealed: bytes) -> bytes:
        assert sealed.startswith(_MARK)
        return sealed.removeprefix(_MARK)
