# SPDX-FileCopyrightText: 2026 Loket contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where a secret key lies: in the credentials that systemd opened for this service alone, or as a file.

systemd-creds keeps a key closed with the machine's TPM; the service finds it open in `$CREDENTIALS_DIRECTORY`, which is
memory that no other user can read. A key of the same name there wins over the path of the settings. See docs/keys.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "CREDENTIALS_DIRECTORY"
CLOSED = Path("/etc/credstore.encrypted")
"""Where systemd looks for what it opens for a service (`LoadCredentialEncrypted=` with a name alone)."""


def in_custody(path: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Give where a key is: among the credentials of this service, or where the settings say."""
    folder = environment.get(VARIABLE, "")
    credential = Path(folder) / path.name
    return credential if folder and credential.is_file() else path


def is_credential(path: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a key comes from systemd, so that it lies on no disk that can be read."""
    folder = environment.get(VARIABLE, "")
    return bool(folder) and path.parent == Path(folder)


def is_closed(path: Path, closed: Path | None = None) -> bool:
    """Tell whether systemd keeps this key closed and did not open it for us: it is not lost, so none may be made."""
    try:
        return not path.exists() and ((closed or CLOSED) / path.name).exists()
    except OSError:  # not ours to look
        return False
