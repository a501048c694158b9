# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""What counts as headphones, and when they count no more."""

from __future__ import annotations

import pytest

from kiosk.devices.sound_place import NOWHERE, Judge, Outputs, Plugged, Port, Sink, SoundPlace

SPEAKER = Sink(1, "hdmi", "HDMI", port=Port("hdmi-output-0"))
HEADSET = Sink(2, "usb", "USB headset", "headset")
JACK_IN = Sink(3, "pci", "Built-in", "internal", Port("analog-output-headphones", "Headphones", Plugged.YES))
JACK_OUT = Sink(3, "pci", "Built-in", "internal", Port("analog-output-headphones", "Headphones", Plugged.NO))
JACK_SPEAKER = Sink(3, "pci", "Built-in", "internal", Port("analog-output-speaker", "Speakers"))


@pytest.mark.parametrize(
    ("sink", "setting", "counts"),
    [
        (HEADSET, "", True),
        (JACK_IN, "", True),
        (JACK_OUT, "", False),
        (JACK_SPEAKER, "", False),
        (SPEAKER, "", False),
        (Sink(4, "usb", form_factor="headset", port=Port("analog-output-speaker")), "", False),
        (Sink(4, "usb", form_factor="handset"), "", False),  # who stands beside it hears it
        (Sink(4, "pci", port=Port("[Out] Headphones")), "", True),  # as PipeWire says it
        (Sink(4, "pci", port=Port("analog-output-lineout")), "", False),
        (Sink(4, "Plantronics", "DSP"), "", False),  # it says nothing: then it is not
        (Sink(4, "Plantronics", "DSP"), "plantronics", True),
        (JACK_IN, "plantronics", False),  # a loudspeaker on the headphone jack: the setting knows better
        (JACK_OUT, "headphones", False),  # but nothing is in it
    ],
)
def test_counts_as_headphones(sink: Sink, setting: str, counts: bool) -> None:
    assert sink.is_headphones(setting) is counts


def test_goes_to_the_headphones_even_where_the_system_chose_something_else() -> None:
    assert Judge().place(Outputs((SPEAKER, HEADSET), "hdmi")) == SoundPlace("usb", True, True)


def test_goes_where_the_system_chose_without_headphones() -> None:
    assert Judge().place(Outputs((SPEAKER, JACK_SPEAKER), "hdmi")) == SoundPlace("hdmi", False, True)


def test_goes_nowhere_without_outputs() -> None:
    assert Judge().place(Outputs()) == NOWHERE


def test_a_port_that_changes_on_the_same_sink_takes_the_headphones_away() -> None:
    judge = Judge()
    assert judge.place(Outputs((JACK_IN,), "pci")).is_headphones
    assert judge.place(Outputs((JACK_OUT,), "pci")) == SoundPlace("pci", False, True)  # first its jack is empty
    assert judge.place(Outputs((JACK_SPEAKER,), "pci")) == SoundPlace("pci", False, True)
    assert judge.place(Outputs((JACK_IN,), "pci")).is_headphones


def test_headphones_that_the_system_turned_away_from_count_no_more_until_chosen_or_put_in_anew() -> None:
    judge = Judge()
    assert judge.place(Outputs((SPEAKER, HEADSET), "usb")).is_headphones
    assert judge.place(Outputs((SPEAKER, HEADSET), "hdmi")) == SoundPlace("hdmi", False, True)
    assert judge.place(Outputs((SPEAKER, HEADSET), "hdmi")) == SoundPlace("hdmi", False, True)
    assert judge.place(Outputs((SPEAKER, HEADSET), "usb")).is_headphones
    assert not judge.place(Outputs((SPEAKER, HEADSET), "hdmi")).is_headphones
    assert not judge.place(Outputs((SPEAKER,), "hdmi")).is_headphones
    assert judge.place(Outputs((SPEAKER, HEADSET), "hdmi")).is_headphones


def test_of_two_headphones_the_system_chooses() -> None:
    assert Judge().place(Outputs((HEADSET, JACK_IN), "pci")).sink == "pci"
