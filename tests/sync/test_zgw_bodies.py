# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What fits in the fields of ZGW, and what is done with the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.filled_by import FilledBy
from domain.submission import Initiator
from sync.parcel import open_parcel
from sync.zgw import bodies
from sync.zgw.catalogi import Property
from tests.fakes.clock import TUESDAY
from tests.sync.samples import submission


def property_(form: str = "tekst", longest: int = 0, *choices: str) -> Property:
    return Property("naam", "https://x", form, longest, choices)


@pytest.mark.parametrize(
    ("value", "wanted", "fitted"),
    [
        ("1234 AB", property_("tekst", 255), "1234 AB"),
        ("lange tekst", property_("tekst", 5), "lang…"),
        ("", property_(), None),
        ("2026-12-01", property_("datum", 8), "20261201"),
        ("1 december", property_("datum", 8), None),
        ("2026-12-01", property_("datum_tijd", 14), "20261201000000"),
        ("12", property_("getal", 5), "12"),
        ("12,5", property_("getal", 5), "12,5"),
        ("twaalf", property_("getal", 5), None),
        ("123456", property_("getal", 5), None),
        ("ja", property_("tekst", 255, "Ja", "Nee"), "Ja"),
        ("misschien", property_("tekst", 255, "Ja", "Nee"), None),
        ("x", property_("kleur"), None),
    ],
)
def test_fits_a_value_to_what_the_case_type_wants(value: str, wanted: Property, fitted: str | None) -> None:
    assert bodies.fitted(value, wanted) == fitted


@given(st.text(max_size=300), st.sampled_from(["tekst", "getal", "datum", "datum_tijd", ""]), st.integers(0, 30))
def test_never_gives_a_value_that_is_too_long(value: str, form: str, longest: int) -> None:
    fitted = bodies.fitted(value, property_(form, longest))
    assert fitted is None or fitted
    assert fitted is None or not longest or len(fitted) <= longest


def test_never_dates_anything_in_the_future_of_the_server() -> None:
    for hours in range(-30, 30):
        server_now = TUESDAY + timedelta(hours=hours)
        parcel = open_parcel(submission(), "verhuizen")
        moment = datetime.fromisoformat(bodies.moment(parcel.submitted_at, server_now))
        assert moment <= server_now
        registered = bodies.zaak(parcel, "https://x", "002564440", server_now)["registratiedatum"]
        assert registered <= server_now.date().isoformat()


def test_starts_a_case_on_the_dutch_day() -> None:
    just_after_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    parcel = open_parcel(submission(at=just_after_midnight), "verhuizen")
    body = bodies.zaak(parcel, "https://x", "002564440", just_after_midnight)
    assert body["startdatum"] == "2026-07-02"
    assert body["registratiedatum"] == "2026-07-01", "the server's own day, or it refuses"


@pytest.mark.parametrize("email", ["geen adres", "a@b", "a b@c.nl", "x" * 250 + "@a.nl", ""])
def test_leaves_out_an_address_that_the_case_system_would_refuse(email: str) -> None:
    body = bodies.rol(Initiator(name="A", email=email), "https://z", "https://r")
    assert "contactpersoonRol" not in body


def test_names_a_contact_who_has_no_name() -> None:
    body = bodies.rol(Initiator(phone="+31612345678"), "https://z", "https://r")
    assert body["contactpersoonRol"] == {"telefoonnummer": "+31612345678", "naam": "Onbekend"}
    assert body["betrokkeneIdentificatie"], "an empty one is refused as if nobody was named"


def test_never_sends_a_bsn_field() -> None:
    body = bodies.rol(Initiator(name="A", birth_date="1951-03-09"), "https://z", "https://r")
    assert set(body["betrokkeneIdentificatie"]) == {"geslachtsnaam", "geboortedatum"}


def test_names_who_filled_in_and_cuts_what_the_older_standard_cannot_take() -> None:
    body = bodies.rol_of_staff(FilledBy("9" * 30, "counter", "desk", "N" * 700), "https://z", "https://r")
    assert body["betrokkeneType"] == "medewerker"
    assert len(body["betrokkeneIdentificatie"]["identificatie"]) == 24
    assert len(body["betrokkeneIdentificatie"]["achternaam"]) == 200
    assert len(body["afwijkendeNaamBetrokkene"]) == 625
