# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which hosts this kiosk may reach, from its settings, as elements of the sets of /etc/nftables.conf.

Every web address in loket.toml counts, wherever it stands, and the hosts and printer of machine.toml. Names are looked
up again every few minutes; a name that cannot be looked up now keeps the addresses it had. Who may use the sets, and
that nothing else goes out, is for nftables.conf.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.image.machine import Machine, read_machine, split_host

Host = tuple[str, int]
Look = Callable[[str], list[str]]
_PORTS = {"https": 443, "http": 80, "ipp": 631, "ipps": 631}


def hosts_of(settings: Mapping[str, Any], machine: Machine) -> set[Host]:
    """Give every host with its port that the settings name."""
    named = {_host(text) for text in _texts(settings) if text.startswith(("https://", "http://"))}
    return {host for host in named if host[0]} | {split_host(each) for each in machine.hosts}


def printers_of(machine: Machine) -> set[Host]:
    """Give the printer's host, if it is on the network."""
    return {_host(machine.printer)} if machine.printer else set()


def addresses_of(hosts: set[Host], look: Look, before: dict[str, list[str]]) -> tuple[set[Host], dict[str, list[str]]]:
    """Look every name up; what cannot be found now is as it was. Gives addresses with ports, and what to remember."""
    now = {name: look(name) or before.get(name, []) for name in sorted({name for name, _ in hosts})}
    return {(address, port) for name, port in hosts for address in now[name]}, now


def elements(hosts: set[Host], printers: set[Host]) -> str:
    """Give the words for nft: all sets filled anew, at once or not at all."""
    lines = []
    for name, wanted in (("hosts", hosts), ("printers", printers)):
        for version in (4, 6):
            lines.append(f"flush set inet loket {name}{version}")
            fit = sorted((a, p) for a, p in wanted if ipaddress.ip_address(a).version == version and _is_reachable(a))
            if fit:
                listed = ", ".join(f"{address} . {port}" for address, port in fit)
                lines.append(f"add element inet loket {name}{version} {{ {listed} }}")
    return "\n".join(lines) + "\n"


def _is_reachable(address: str) -> bool:
    """Everything but what would open the net at large: nothing, many at once."""
    found = ipaddress.ip_address(address)
    return not (found.is_unspecified or found.is_multicast)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _texts(each)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)


def _host(url: str) -> Host:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS[parts.scheme]


def _look(name: str) -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError):
        return []


def main() -> int:
    """Fill the sets of this machine."""
    folder, memory = Path("/etc/loket"), Path("/run/loket-image/addresses.json")
    machine = read_machine(folder)
    hosts = hosts_of(tomllib.loads((folder / "loket.toml").read_text("utf-8")), machine)
    printers = printers_of(machine)
    try:
        before = json.loads(memory.read_text("utf-8"))
    except (OSError, ValueError):
        before = {}
    reached, now = addresses_of(hosts, _look, before)
    reached_printers, also = addresses_of(printers, _look, before)
    done = subprocess.run(
        ["/usr/sbin/nft", "-f", "-"], input=elements(reached, reached_printers), text=True, check=False
    )
    memory.write_text(json.dumps(now | also), "utf-8")
    print(f"{len(hosts)} hosts, {len(reached)} addresses; {len(printers)} printers, {len(reached_printers)} addresses")
    # Never found is worth a sooner look; found before is still in the sets.
    return done.returncode or (1 if not all((now | also).values()) else 0)


if __name__ == "__main__":
    raise SystemExit(main())
