# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The doctor's look at printer, sound, headphones, voice and letters on the screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import TimeoutError as LateError

from commands.doctor_check import Check, broken, broken_by, fine, warning
from domain.errors import ExpectedError
from kiosk.devices.sound_place import Outputs, Sink
from kiosk.printing import Printer, PrintOutcome
from kiosk.speech.voice import Voice

_VOICE_PATIENCE_S = 15.0
_SENTENCE = "Dit is een proef."
_FOR_ALL = "Noto Sans"
_FOR_SCRIPT = {
    "ar": "Noto Sans Arabic",
    "fa": "Noto Sans Arabic",
    "ku": "Noto Sans Arabic",
    "ur": "Noto Sans Arabic",
    "ti": "Noto Sans Ethiopic",
    "am": "Noto Sans Ethiopic",
    "he": "Noto Sans Hebrew",
}


def check_printer(printer: Printer, name: str) -> Check:
    """Look whether the printer is there and has paper; `name` is the queue of the settings, or empty."""
    status = printer.status()
    match status.outcome:
        case PrintOutcome.DONE:
            return fine("printer", "the printer is ready")
        case PrintOutcome.NO_PRINTER if name:
            return broken("printer", f"there is no printer {name}", "add it to the system, or mend printer in [kiosk]")
        case PrintOutcome.NO_PRINTER:
            return warning("printer", "there is no printer: receipts are only shown", "add one to the system")
        case PrintOutcome.PAPER_OUT:
            return warning(
                "printer", f"no paper, or it is stuck ({status.reason})", "fill it, and take out what is stuck"
            )
        case PrintOutcome.FAILED:
            return broken("printer", f"the printer does not work ({status.reason})", "look at it, and at its queue")


def check_sound(outputs: Callable[[], Collection[str]]) -> Check:
    """Look whether there is anything to hear with."""
    try:
        found = outputs()
    except (ImportError, OSError, RuntimeError) as error:
        return broken("sound", f"the sound does not start ({type(error).__name__})", "look at the sound system")
    if not found:
        return warning(
            "sound", "there is no sound output: nothing is read aloud", "connect headphones or a loudspeaker"
        )
    return fine("sound", f"{len(found)} sound outputs")


def check_headphones(look: Callable[[], Outputs], setting: str) -> Check:
    """Look which output only the visitor hears; `setting` is part of its name, or empty."""
    try:
        outputs = look()
    except (ImportError, OSError) as error:
        return warning(
            "headphones",
            f"no PulseAudio or PipeWire answers ({type(error).__name__}): nothing private is ever read aloud",
            "start the sound server for the user that Loket runs as; see docs/sound.md",
        )
    private = [sink for sink in outputs.sinks if sink.is_headphones(setting)]
    if private:
        names = ", ".join(_named(sink) for sink in private)
        return fine("headphones", f"these count as headphones now: {names}; be sure that no loudspeaker hangs on it")
    there = ", ".join(_named(sink) for sink in outputs.sinks) or "none"
    if setting:
        return warning(
            "headphones",
            f"no headphones now: nothing is called {setting!r}, or nothing is in it; outputs: {there}",
            "put them in and look again; if they do not show, mend headphones in [speech]",
        )
    return fine("headphones", f"no headphones are in now; outputs: {there}; put them in and look again")


def _named(sink: Sink) -> str:
    return sink.name if sink.port is None else f"{sink.name} ({sink.port.name}, plugged: {sink.port.plugged})"


def check_voice(voice: Voice) -> Check:
    """Look whether the voice turns a sentence into sound."""
    try:
        clip = voice.request(_SENTENCE, "nl", 150).result(_VOICE_PATIENCE_S)
    except ExpectedError as error:
        return broken_by("voice", error)
    except LateError:
        return broken("voice", "the voice gives no answer", "install espeakng-loader again")
    finally:
        voice.close()
    if clip.n_samples == 0:
        return broken("voice", "the voice gives no sound", "install espeakng-loader again")
    return fine("voice", "the voice speaks")


def check_fonts(families: Iterable[str], languages: Iterable[str]) -> tuple[Check, ...]:
    """Look whether every script that is offered can be shown."""
    there = set(families)
    needed = dict.fromkeys((_FOR_ALL, *(_FOR_SCRIPT[code] for code in languages if code in _FOR_SCRIPT)))
    gone = [name for name in needed if name not in there]
    if gone:
        return tuple(
            broken("fonts", f"the font {name} is not there: letters become boxes", "install fonts-noto-core")
            for name in gone
        )
    return (fine("fonts", f"the fonts for {', '.join(languages)} are there"),)
