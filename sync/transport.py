# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sends one HTTP call and gives a checked answer, or says what went wrong: did the server reply, will waiting help.

One session, so one connection is used again. TLS is always verified, a redirect is never followed, an answer has a
largest size and a longest time, and the server's own clock is remembered. What is asked is for `sync.zgw`.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError, NewConnectionError

from domain.errors import RejectedError, SettingsError, UnauthorisedError, UnreachableError
from domain.ports import Clock

LARGEST_ANSWER = 5 * 1024 * 1024
LARGEST_FILE = 100 * 1024 * 1024
LONGEST_ANSWER_S = 180.0
"""A time-out starts again with every byte; this does not."""
CONNECT_TIMEOUT_S = 10.0
NOT_CHANGED = 304
NOT_TRUSTED = "the certificate is not trusted"
NOTHING_TO_SAY = 204
"""The good answer to DELETE."""
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_TIME_HELPS = frozenset({408, 425, 429})
_AWAY = frozenset({429, 502, 503, 504})
_CLOCK_SLIP = timedelta(seconds=30)
_LONGEST_ASKED = timedelta(hours=1)

Headers = Callable[[datetime], Mapping[str, str]]
"""Makes the headers of a call; gets the time at the server, for the token in them."""


class NoAnswerError(UnreachableError):
    """No answer came at all. `may_have_arrived`: the server may have done what was asked."""

    def __init__(self, says: str, *, may_have_arrived: bool) -> None:
        super().__init__(says, "waits and tries again")
        self.may_have_arrived = may_have_arrived


class ServerFailedError(UnreachableError):
    """Something answered, but it was no answer of the API: a crash, a busy sign, a page of HTML, nonsense."""

    slug = "server-failed"
    server_replied: ClassVar[bool] = True

    def __init__(self, says: str, retry_after: timedelta = timedelta(0), *, is_away: bool = False) -> None:
        super().__init__(says, "waits and tries again")
        self.retry_after = retry_after
        self.is_away = is_away  # whoever stands before the server says that nobody gets through now


class RefusedError(RejectedError):
    """The API refused the request; `codes` says why in the words of the standard."""

    def __init__(self, says: str, status: int, codes: frozenset[str]) -> None:
        super().__init__(says, "a person must look; then `loket outbox retry`")
        self.status = status
        self.codes = codes


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer."""

    status: int
    data: Any
    etag: str = ""


class Transport:
    """Calls servers, one call at a time; for one thread."""

    def __init__(
        self,
        clock: Clock,
        read_timeout_s: float = 60.0,
        ca_file: Path | None = None,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
        largest_answer: int = LARGEST_ANSWER,
        longest_answer_s: float = LONGEST_ANSWER_S,
        client_certificate: tuple[Path, Path] | None = None,
        proxy: str = "",
    ) -> None:
        """Take a client certificate as (certificate, key); without `proxy` the environment says which one to use.

        Raises: SettingsError when a named file is not there.
        """
        for file in (ca_file, *(client_certificate or ())):
            if file is not None and not os.access(file, os.R_OK):
                raise SettingsError(f"{file.name} cannot be read", "look at its place and owner; see [sync]")
        self._clock = clock
        self._timeouts = (connect_timeout_s, read_timeout_s)
        self._largest_answer = largest_answer
        self._longest_answer_s = longest_answer_s
        self._certificate = (
            None if client_certificate is None else (str(client_certificate[0]), str(client_certificate[1]))
        )
        self._proxy = proxy
        bundles = (str(ca_file or ""), os.environ.get("REQUESTS_CA_BUNDLE"), os.environ.get("CURL_CA_BUNDLE"))
        self._verify: bool | str = next(filter(None, bundles), True)
        self._proxies: dict[str, dict[str, str]] = {}
        self._offset = timedelta(0)
        self.answers = 0
        """How many calls were answered, by anyone and whatever it was: above nought the line is alive."""
        self.clock_gap: timedelta | None = None
        """How far the clock of a server was ahead of ours at its last good answer; None until one with a certificate
        that is trusted told it."""
        self.session = requests.Session()

    def server_now(self) -> datetime:
        """Give the time by the server's clock, at most a second behind it and never ahead of it."""
        return self._clock.now() + self._offset

    def call(
        self,
        method: str,
        url: str,
        headers: Headers,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Send a call and give the answer.

        Raises: NoAnswerError, ServerFailedError, UnauthorisedError, RefusedError.
        """
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        before = self._offset
        try:
            return self._once(method, url, headers(self.server_now()), params, sent)
        except UnauthorisedError:
            # With our clock far off the token was out of date; the refusal told the right time.
            if abs(self._offset - before) < _CLOCK_SLIP:
                raise
            return self._once(method, url, headers(self.server_now()), params, sent)

    def fetch(self, url: str, headers: Headers, largest: int = LARGEST_FILE) -> bytes:
        """Get a file as it is, however large a case may be, or up to what the caller can use.

        Raises: what `call` raises.
        """
        content = self._once("GET", url, headers(self.server_now()), None, None, largest_file=largest).data
        return content if isinstance(content, bytes) else b""

    def rest(self) -> None:
        """Let go of the connection until the next call."""
        self.session.close()

    def _once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        body: bytes | None,
        *,
        largest_file: int = 0,  # above nought: a file is asked for, and no record
    ) -> Reply:
        where = f"{method} {_path_kind(url)}"
        try:
            # Prepared here and not by the session: that reads the environment and the user's .netrc again for each
            # call, a seventh of its time, and a password from there would take the place of our token.
            asked = requests.Request(method, url, {"User-Agent": "Loket", **headers}, data=body, params=params)
            with self.session.send(
                asked.prepare(),
                timeout=self._timeouts,
                verify=self._verify,
                cert=self._certificate,
                proxies=self._proxies_for(url),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._read(response, where, largest_file or self._largest_answer)
        except requests.exceptions.SSLError:
            raise NoAnswerError(f"{where}: {NOT_TRUSTED}", may_have_arrived=False) from None
        except (requests.exceptions.RequestException, HTTPError) as error:
            # The original names the whole address; ours only says which kind of call it was.
            raise NoAnswerError(
                f"{where}: no answer ({type(error).__name__})", may_have_arrived=_may_have_arrived(error)
            ) from None
        self.answers += 1
        if self._learn_time(response.headers.get("Date")) and url.startswith("https:") and response.ok:
            self.clock_gap = self._offset
        if largest_file and response.status_code == 200:
            return Reply(response.status_code, content)
        return _judged(where, response, content)

    def _proxies_for(self, url: str) -> dict[str, str]:
        host = urlsplit(url).netloc
        if host not in self._proxies:
            if self._proxy:
                # Without asking a name server: behind a proxy there often is none that knows the outside.
                name = urlsplit(url).hostname or ""
                is_near = name == "localhost" or _is_loopback(name)
                self._proxies[host] = {} if is_near else {"http": self._proxy, "https": self._proxy}
            else:
                self._proxies[host] = dict(get_environ_proxies(url))
        return self._proxies[host]

    def _read(self, response: requests.Response, where: str, largest: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        ends = time.monotonic() + self._longest_answer_s
        # What is there, and not a full piece: a server that sends a byte a minute would else never time out.
        while piece := response.raw.read1(65536, decode_content=True):
            size += len(piece)
            if size > largest or time.monotonic() > ends:
                raise ServerFailedError(f"{where}: the answer has no end")
            pieces.append(piece)
        return b"".join(pieces)

    def _learn_time(self, date: str | None) -> bool:
        if date is None:
            return False
        try:
            told = parsedate_to_datetime(date)
        except ValueError:
            return False
        if told.tzinfo is None:
            return False
        self._offset = told.astimezone(UTC) - self._clock.now()
        return True


def _judged(where: str, response: requests.Response, content: bytes) -> Reply:
    status = response.status_code
    data = _parsed(response.headers.get("Content-Type", ""), content)
    etag = response.headers.get("ETag", "")
    if status == NOT_CHANGED and "If-None-Match" in response.request.headers:
        return Reply(status, None, etag)
    if status == NOTHING_TO_SAY:
        return Reply(status, None)
    if 200 <= status < 300 and data is not None:
        return Reply(status, data, etag)
    problem = _problem(data)
    if status in (401, 403):
        raise UnauthorisedError(
            f"{where}: {status} {problem}", "look at client_id, secret and scopes at the case system"
        )
    is_final = 400 <= status < 500 and status not in _TIME_HELPS
    if is_final and (isinstance(data, dict) or status == 413):
        raise RefusedError(f"{where}: {status} {problem}", status, _codes(data))
    asked = response.headers.get("Retry-After", "")
    seconds = int(asked) if re.fullmatch(r"[0-9]{1,6}", asked) else 0
    wait = min(timedelta(seconds=seconds), _LONGEST_ASKED)
    raise ServerFailedError(f"{where}: {status} {problem}", wait, is_away=status in _AWAY)


def _parsed(content_type: str, content: bytes) -> Any:
    if "json" not in content_type.lower():
        return None
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict | list) else None


def _codes(data: Any) -> frozenset[str]:
    """Give the machine's words in a refusal; never the sentences, which may repeat what was sent."""
    if not isinstance(data, dict):
        return frozenset()
    found = [data.get("code")]
    params = data.get("invalidParams")
    if isinstance(params, list):
        found += [param.get("code") for param in params if isinstance(param, dict)]
    return frozenset(code for code in found if isinstance(code, str) and _CODE.fullmatch(code))


def _problem(data: Any) -> str:
    if data is None:
        return "no answer of the API"
    params = data.get("invalidParams") if isinstance(data, dict) else None
    names = [param.get("name") for param in params if isinstance(param, dict)] if isinstance(params, list) else []
    fields = [name for name in names if isinstance(name, str) and _CODE.fullmatch(name)]
    return " ".join([*sorted(_codes(data)), *(f"({name})" for name in fields[:5])])


def _path_kind(url: str) -> str:
    """Name the last word of the path that is no identifier."""
    words = [word for word in urlsplit(url).path.split("/") if re.fullmatch(r"[a-z-]+", word)]
    return words[-1] if words else "/"


def _may_have_arrived(error: requests.exceptions.RequestException | HTTPError) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return False
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return not isinstance(reason, NewConnectionError)


def check_address(key: str, url: str) -> None:
    """Refuse an address over which a token would travel readable.

    Raises: SettingsError.
    """
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname and _is_here(parts.hostname):
        return
    raise SettingsError(f"{key} is not an https address", "only this machine itself may be reached without TLS")


def _is_loopback(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def _is_here(host: str) -> bool:
    # An address in figures is judged as it stands: asking for it would put a look-up on the network.
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(address[4][0])).is_loopback for address in found)
