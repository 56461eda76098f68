"""Until when a TLS certificate is valid, read out of its file."""

from __future__ import annotations

import re
import ssl
from datetime import UTC, datetime

# Two times in a row within a certificate: from when on it is valid, and until when.
VALID = re.compile(rb"\x30.(?:\x17\x0d|\x18\x0f)\d{12,14}Z(?:\x17\x0d|\x18\x0f)(\d{12,14})Z", re.S)


def valid_until(chain: str) -> datetime | None:
    """When the first certificate of a PEM file ends. Raises `ValueError` where there is none."""
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    inner = chain.partition(begin)[2].partition(end)[0]
    found = VALID.search(ssl.PEM_cert_to_DER_cert(f"{begin}{inner}{end}\n"))
    if found is None:
        return None
    text = found[1].decode()
    shape = "%y%m%d%H%M%S" if len(text) == 12 else "%Y%m%d%H%M%S"
    return datetime.strptime(text, shape).replace(tzinfo=UTC)
