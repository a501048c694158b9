# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bad line between two processes: an asyncio proxy on the loopback address that loses, doubles, cuts and garbles.

It knows where a request and an answer end, so it can lose an answer after the server has done the work. What befalls
which request is decided by a function of the request's number alone, so a run is repeatable from its seed.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self

_PIECE = 16
_HTML = b"<html><h1>Server Error (500)</h1></html>"
_LARGEST = 64 * 1024 * 1024


class Trouble(StrEnum):
    """What the line does with one request."""

    NONE = "none"
    DELAYED = "delayed"  # comes late, and is answered
    SLOW = "slow"  # the answer drips at a rate
    DROPPED = "dropped"  # the server never hears of it
    ANSWER_LOST = "answer_lost"  # the server has done it; nobody hears so
    ANSWER_CUT = "answer_cut"  # reset after so many bytes of the answer
    DOUBLED = "doubled"  # the server gets it twice; the second answer comes back
    BLACK_HOLE = "black_hole"  # never an answer, never an end
    GARBAGE = "garbage"  # the server has done it; the answer is no HTTP
    NONSENSE = "nonsense"  # the server has done it; the answer is no JSON
    HTML_500 = "html_500"  # the server has not done it
    REDIRECT = "redirect"  # the server has not done it
    REFUSED = "refused"  # 400 in the words of the API; the server has not done it


REACHES_THE_SERVER = frozenset(
    {
        Trouble.NONE, Trouble.DELAYED, Trouble.SLOW, Trouble.ANSWER_LOST, Trouble.ANSWER_CUT, Trouble.DOUBLED,
        Trouble.GARBAGE, Trouble.NONSENSE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A request on the line; numbers begin at 1."""

    number: int
    method: str
    path: str
    body: bytes = field(default=b"", repr=False)


Decide = Callable[[Seen], Trouble]


def by_chance(seed: int, rates: Mapping[Trouble, float], for_writes: Mapping[Trouble, float] | None = None) -> Decide:
    """Give each request what its number draws; a write draws from `for_writes` first. Repeatable, in any order."""

    def decide(seen: Seen) -> Trouble:
        chance = random.Random(f"{seed}:{seen.number}")
        for each in (for_writes or {}, rates) if seen.method == "POST" else (rates,):
            drawn = chance.random()
            for trouble, rate in each.items():
                drawn -= rate
                if drawn < 0:
                    return trouble
        return Trouble.NONE

    return decide


def all_well(_seen: Seen) -> Trouble:
    """Let everything through."""
    return Trouble.NONE


@dataclass(slots=True)
class FaultProxy:
    """Listens on the loopback address, in a thread of its own; `with FaultProxy(port, decide) as proxy`."""

    server_port: int
    decide: Decide = all_well
    on_request: Callable[[Seen], None] | None = None
    delay_s: float = 0.05
    bytes_a_second: int = 20_000
    cut_after: int = 40
    port: int = 0
    befell: Counter[Trouble] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)  # writes that the server really got twice, by last word
    most_at_once: int = 0
    _carrying: int = 0
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None
    _server: asyncio.Server | None = None
    _at_work: set[asyncio.Task[None]] = field(default_factory=set)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.refuse()
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(10)
        self._loop.close()

    def listen(self) -> None:
        """Take connections, at the same port as before."""
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    def refuse(self) -> None:
        """Take no more connections; those that are open stay."""
        asyncio.run_coroutine_threadsafe(self._refuse(), self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", self.port, limit=_LARGEST)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _hang_up(self) -> None:
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)
        for _ in range(3):
            await asyncio.sleep(0)  # what was aborted closes its socket in the next turns of the loop

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._serve(reader, writer))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):  # either side may go at any moment
                while await self._carry(reader, writer):
                    pass
        finally:
            _reset(writer)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Carry one request; tell whether the connection goes on."""
        head, body = await _message(reader)
        method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        seen = Seen(next(self._numbers), method, path.partition("?")[0], body)
        trouble = self.decide(seen)
        self.befell[trouble] += 1
        if self.on_request is not None:
            self.on_request(seen)
        self._carrying += 1
        self.most_at_once = max(self.most_at_once, self._carrying)
        try:
            return await self._get_through(writer, seen, trouble, head + body)
        finally:
            self._carrying -= 1

    async def _get_through(self, writer: asyncio.StreamWriter, seen: Seen, trouble: Trouble, request: bytes) -> bool:
        if trouble is Trouble.DELAYED:
            await asyncio.sleep(self.delay_s)
        answer = await self._ask(request) if trouble in REACHES_THE_SERVER else b""
        if trouble is Trouble.DOUBLED:
            second = await self._ask(request)
            if seen.method == "POST" and all(_is_made(each) for each in (answer, second)):
                self.doubled[seen.path.rsplit("/", 1)[-1]] += 1
            answer = second
        return await self._give(writer, trouble, answer)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server_port, limit=_LARGEST)
        try:
            writer.write(request)
            await writer.drain()
            head, body = await _message(reader)
        finally:
            writer.transport.abort()
        return head + body

    async def _give(self, writer: asyncio.StreamWriter, trouble: Trouble, answer: bytes) -> bool:
        match trouble:
            case Trouble.DROPPED | Trouble.ANSWER_LOST:
                return False
            case Trouble.BLACK_HOLE:
                await asyncio.Event().wait()
            case Trouble.ANSWER_CUT:
                answer = answer[: self.cut_after]
            case Trouble.GARBAGE:
                answer = b"\x00\xff\x16\x03 no HTTP at all\r\n\r\n"
            case Trouble.NONSENSE:
                answer = _http(200, b"Connection: keep-alive", b"application/json", b"{\xff half a thoug")
            case Trouble.HTML_500:
                answer = _http(500, b"X-Proxy: 1", b"text/html", _HTML)
            case Trouble.REDIRECT:
                answer = _http(302, b"Location: http://127.0.0.1:9/elsewhere", b"text/html", b"<html>")
            case Trouble.REFUSED:
                answer = _http(400, b"X-Proxy: 1", b"application/json", b'{"code": "invalid", "status": 400}')
            case Trouble.SLOW:
                await self._drip(writer, answer)
                return True
            case _:
                pass
        writer.write(answer)
        await writer.drain()
        return trouble not in (Trouble.ANSWER_CUT, Trouble.GARBAGE)

    async def _drip(self, writer: asyncio.StreamWriter, answer: bytes) -> None:
        for start in range(0, len(answer), _PIECE):
            writer.write(answer[start : start + _PIECE])
            await writer.drain()
            await asyncio.sleep(_PIECE / self.bytes_a_second)


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Read one request or answer: its head, and as much body as it says."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return head, await reader.readexactly(length)


def _is_made(answer: bytes) -> bool:
    return answer.split(b" ", 2)[1:2] == [b"201"]


def _http(status: int, header: bytes, kind: bytes, body: bytes) -> bytes:
    lines = (b"HTTP/1.1 %d X" % status, header, b"Content-Type: " + kind, b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _reset(writer: asyncio.StreamWriter) -> None:
    # Lingering zero makes the close a reset: a caller cannot take it for the end of an answer.
    line = writer.get_extra_info("socket")
    if line is not None:
        with contextlib.suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
