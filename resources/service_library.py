# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""The services on this machine: finds their folders, reads them once, and gives their words in any language.

A wrong definition or Dutch text closes that service and never the kiosk; a wrong translation only loses that language.
A municipality lays its own folder over that of Loket (`resources.laid_over`): a whole service, or words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.errors import DefinitionError, DefinitionProblem
from domain.service import Question, ServiceDefinition
from domain.service_file import parse_service, parse_shared
from domain.text_table import check_texts, known_texts, parse_texts
from i18n.pseudo import PSEUDO, pseudo
from resources.checked_texts import CheckedTexts
from resources.laid_over import laid_over

SERVICES = Path(__file__).parent / "services"
DUTCH = "nl"
SHARED = "shared"


class ServiceLibrary:
    """All services of one folder. Reads Dutch at the start, another language when it is first asked for."""

    def __init__(
        self,
        folder: Path,
        services: tuple[ServiceDefinition, ...],
        closed: tuple[tuple[str, DefinitionError], ...],
        dutch: Mapping[str, Mapping[str, str]],
        own_keys: Mapping[str, frozenset[str]],
        over: Path | None = None,
    ) -> None:
        self.folder = folder
        self._over = over
        self.services = services
        self.closed = closed
        self._texts: dict[tuple[str, str], Mapping[str, str]] = {
            (service_id, DUTCH): texts for service_id, texts in dutch.items()
        }
        self._own_keys = own_keys
        self._shared_texts: dict[str, Mapping[str, str]] = {}
        self.checked = CheckedTexts(folder, over)
        self._by_id = {service.id: service for service in services}

    @classmethod
    def load(cls, folder: Path | None = None) -> ServiceLibrary:
        """Read every service; those that are wrong end up in `closed`. No folder: the content that is in force."""
        over = laid_over("services") if folder is None else None
        folder = folder or SERVICES
        services: list[ServiceDefinition] = []
        closed: list[tuple[str, DefinitionError]] = []
        dutch: dict[str, Mapping[str, str]] = {}
        own_keys: dict[str, frozenset[str]] = {}
        # Every folder with something in it: a `sevice.toml` is a mistake to tell, and no service less.
        places = [folder] if over is None else [folder, over]
        names = sorted({found.parent.name for place in places for found in place.glob("*/*.toml*")} - {SHARED})
        try:
            shared, shared_texts = _read_shared(folder, over)
        except DefinitionError as error:
            return cls(folder, (), tuple((name, error) for name in names), {}, {})
        tile_places: dict[int, str] = {}
        for name in names:
            try:
                service, own = _read_service(folder, over, name, shared, shared_texts)
                _check_place(service, tile_places, f"{name}/service.toml")
            except DefinitionError as error:
                closed.append((name, error))
            else:
                services.append(service)
                dutch[name] = {**shared_texts, **own}
                own_keys[name] = frozenset(own)
        return cls(folder, tuple(services), tuple(closed), dutch, own_keys, over)

    def service(self, service_id: str) -> ServiceDefinition:
        """Give a service by id.

        Raises: KeyError when it is not here, or closed.
        """
        return self._by_id[service_id]

    def text(self, service_id: str, language: str, key: str) -> tuple[str, bool]:
        """Give a text and whether it is in that language; Dutch where it is not, empty where Dutch has none either."""
        if language == PSEUDO:
            return pseudo(self._in(service_id, DUTCH).get(key, "")), True
        if language != DUTCH:
            found = self._in(service_id, language).get(key)
            if found is not None:
                return found, True
        return self._in(service_id, DUTCH).get(key, ""), language == DUTCH

    def is_checked(self, service_id: str, language: str, key: str) -> bool:
        """Tell whether a person has checked this translation, and neither it nor the Dutch changed since."""
        dutch, own = self._in(service_id, DUTCH).get(key, ""), self._in(service_id, language).get(key, "")
        return self.checked.signature(language, (service_id, SHARED), key, dutch, own) is not None

    def dutch(self, service_id: str) -> Mapping[str, str]:
        """Give all Dutch words of a service, the shared ones among them."""
        return self._in(service_id, DUTCH)

    def tiles(self) -> tuple[ServiceDefinition, ...]:
        """Give the services of the first page, in order."""
        return tuple(sorted((item for item in self.services if item.tile_place), key=lambda item: item.tile_place))

    def _in(self, service_id: str, language: str) -> Mapping[str, str]:
        found = self._texts.get((service_id, language))
        if found is None:
            found = self._read_translation(service_id, language)
            self._texts[service_id, language] = found
        return found

    def _read_translation(self, service_id: str, language: str) -> Mapping[str, str]:
        service = self._by_id.get(service_id)
        if service is None or not language.isalpha():
            return {}
        shared = self._shared_texts.get(language)
        if shared is None:
            shared = self._shared_texts[language] = self._parsed(SHARED, language, frozenset())
        # Words of its own that a service put over the shared ones are not those of the shared translation.
        own_words = self._own_keys[service_id]
        texts = {key: text for key, text in shared.items() if key not in own_words}
        return {**texts, **self._parsed(service_id, language, service.settings)}

    def _parsed(self, name: str, language: str, settings: frozenset[str]) -> Mapping[str, str]:
        home = _home(self.folder, self._over, name)
        texts = _translation(home, name, language, settings)
        if self._over is None or home.parent == self._over:
            return texts
        # Where the Dutch was changed, the translation that came with Loket says something else.
        changed = _translation(self._over / name, name, DUTCH, settings)
        own = _translation(self._over / name, name, language, settings)
        return {**{key: text for key, text in texts.items() if key not in changed}, **own}


def _home(folder: Path, over: Path | None, name: str) -> Path:
    """Give the folder of a service: the municipality's own when it has the whole service, and not only words."""
    if over is not None and (over / name / "service.toml").exists():
        return over / name
    return folder / name


def _translation(folder: Path, name: str, language: str, settings: frozenset[str]) -> Mapping[str, str]:
    path = folder / f"{language}.toml"
    if not path.exists():
        return {}
    try:
        return parse_texts(_read(path), f"{name}/{path.name}", language, settings)
    except DefinitionError:
        return {}  # Dutch stands in; `loket content check` says why


def _read_shared(folder: Path, over: Path | None) -> tuple[Mapping[str, Question], Mapping[str, str]]:
    shared = parse_shared(_read(folder / SHARED / "service.toml"), f"{SHARED}/service.toml")
    texts = parse_texts(_read(folder / SHARED / "nl.toml"), f"{SHARED}/nl.toml", DUTCH)
    own = _translation(over / SHARED, SHARED, DUTCH, frozenset()) if over is not None else {}
    return shared, {**texts, **own}


def _read_service(
    folder: Path, over: Path | None, name: str, shared: Mapping[str, Question], shared_texts: Mapping[str, str]
) -> tuple[ServiceDefinition, Mapping[str, str]]:
    file = f"{name}/service.toml"
    home = _home(folder, over, name)
    service = parse_service(_read(home / "service.toml"), file, shared)
    if service.id != name:
        says = f'the id is "{service.id}" but the folder is called "{name}": make them the same'
        raise DefinitionError((DefinitionProblem(file, 1, says),))
    source = _read(home / "nl.toml")
    own = parse_texts(source, f"{name}/nl.toml", DUTCH, service.settings)
    if over is not None and home.parent != over:
        laid = _translation(over / name, name, DUTCH, service.settings)
        # A later Loket may ask for a text no more: that is no reason to close the service.
        asked_for = known_texts(service, {**own, **laid})
        own = {**own, **{key: text for key, text in laid.items() if key in asked_for}}
    check_texts(service, {**shared_texts, **own}, own, source, f"{name}/nl.toml")
    return service, own


def _check_place(service: ServiceDefinition, places: dict[int, str], file: str) -> None:
    if not service.tile_place:
        return
    other = places.setdefault(service.tile_place, service.id)
    if other != service.id:
        says = f'tile_place {service.tile_place} is taken by "{other}": choose another place, or 0'
        raise DefinitionError((DefinitionProblem(file, 1, says),))


def _read(path: Path) -> str:
    file = f"{path.parent.name}/{path.name}"
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark in front
    except UnicodeDecodeError:
        raise DefinitionError((DefinitionProblem(file, 1, "the file is not UTF-8: save it as UTF-8"),)) from None
    except FileNotFoundError:
        says = f"there is no {path.name} in this folder: make it, or mend its name"
        raise DefinitionError((DefinitionProblem(file, 1, says),)) from None
    except OSError as error:
        says = f"the file cannot be read: {error.strerror}"
        raise DefinitionError((DefinitionProblem(file, 1, says),)) from None
