# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may come in: JSON web tokens and scopes for the ZGW APIs, a fixed token for Klantinteracties."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

import jwt
from jwt.types import Options

from sync.practice.exchange import Body, Call, Client
from sync.practice.refusals import RefusalError

ALL_SCOPES = frozenset(
    {
        "catalogi.lezen",
        "documenten.aanmaken",
        "documenten.bijwerken",
        "documenten.lezen",
        "zaken.aanmaken",
        "zaken.bijwerken",
        "zaken.lezen",
        "zaken.statussen.toevoegen",
    }
)
_LIFE = timedelta(hours=1)
_LEEWAY = timedelta(seconds=60)
_END_OF_TIME = 1e11


def _forbidden(code: str, detail: str) -> RefusalError:
    return RefusalError(403, code, detail)


def admit(authorization: str, clients: Mapping[str, Client], now: datetime) -> Client:
    """Give the client whose fresh token this is.

    Raises: RefusalError, always 403: the original never answers 401 here.
    """
    kind, _, token = authorization.partition(" ")
    if kind != "Bearer" or not token:
        raise _forbidden("permission_denied", "Je hebt geen toestemming om deze actie uit te voeren.")
    try:
        claimed = jwt.decode(token, options={"verify_signature": False}, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise _forbidden("jwt-decode-error", "JWT could not be decoded.") from error
    if "client_id" not in claimed:
        raise _forbidden("missing-client-identifier", "Client identifier is niet aanwezig in JWT")
    client = clients.get(str(claimed["client_id"]))
    if client is None:
        raise _forbidden("invalid-client-identifier", "Client identifier bestaat niet")
    # The moments are judged below, by the practice clock; the library knows only the system's.
    unjudged: Options = {"verify_iat": False, "verify_exp": False, "verify_nbf": False}
    try:
        claims = jwt.decode(token, client.secret, algorithms=["HS256"], options=unjudged)
    except jwt.InvalidTokenError as error:
        raise _forbidden("invalid-jwt-signature", "Client credentials zijn niet geldig") from error
    _judge_age(claims.get("iat"), now)
    return client


def _judge_age(issued: object, now: datetime) -> None:
    if not isinstance(issued, int | float) or not abs(issued) < _END_OF_TIME:
        raise _forbidden("jwt-missing-iat", "A JWT token needs an iat claim")
    age = timedelta(seconds=now.timestamp() - issued)
    if age > _LIFE:
        raise _forbidden("jwt-expired", "The JWT used for this request is expired")
    if age < -_LEEWAY:
        raise _forbidden("jwt-not-yet-valid", "The JWT used for this request is not valid yet")


def admit_by_token(authorization: str, token: str) -> None:
    """Let a caller of Klantinteracties in, who shows the fixed token.

    Raises: RefusalError 401.
    """
    if not authorization:
        raise RefusalError(401, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")
    if not hmac.compare_digest(authorization.encode(), f"Token {token}".encode()):
        raise RefusalError(401, "authentication_failed", "Ongeldige token.")


def require_scope(client: Client, scopes: frozenset[str]) -> None:
    """Refuse a client that has none of these scopes.

    Raises: RefusalError 403.
    """
    if not scopes & client.scopes:
        raise _forbidden("permission_denied", "Je hebt geen toestemming om deze actie uit te voeren.")


def require_open(call: Call, zaak: Body) -> None:
    """Refuse to change what hangs on a closed zaak, which takes a scope that Loket does not ask for.

    Raises: RefusalError 403.
    """
    if zaak.get("einddatum") and "zaken.geforceerd-bijwerken" not in call.client.scopes:
        raise _forbidden("permission_denied", "Je mag geen gegevens aanpassen van een gesloten zaak.")


def require_case_type(client: Client, case_type: str) -> None:
    """Refuse a client that may not see zaken of this zaaktype.

    Raises: RefusalError 403.
    """
    if client.case_types is not None and case_type not in client.case_types:
        raise _forbidden("permission_denied", "Je hebt geen toestemming om deze actie uit te voeren.")
