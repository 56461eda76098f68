"""Whether a TLS certificate is still good: of files, and of the address that people open.

Python's own `ssl` reads no certificate that it does not verify, so a handshake is made: in memory for files,
and with the server for an address.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from chatwright.cli.checks import Finding, fine
from chatwright.spec import Spec

SOON = 14 * 86_400.0  # seconds
EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED
SECONDS = 5.0


def certificates(spec: Spec, public: str) -> Iterator[Finding]:
    if spec.server.tls_cert:
        cert, key = spec.path(spec.server.tls_cert), spec.path(spec.server.tls_key)
        yield of_files(cert, key)
    if public:
        yield of_address(public)


def of_files(cert: Path, key: Path) -> Finding:
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    try:
        server.load_cert_chain(cert, key, password="")
        client.load_verify_locations(cert)
    except (OSError, ssl.SSLError) as error:
        why = error.strerror or str(error)
        hint = "name a chain and its key, both PEM and without a password"
        return Finding(
            "problem", "certificate", f"{cert} and {key} do not go together ({why})", hint
        )
    client.check_hostname = False
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the file itself is trusted here
    try:
        return _until(str(cert), _in_memory(server, client))
    except ssl.SSLCertVerificationError as error:
        return _refused(str(cert), error)


def of_address(public: str) -> Finding:
    """As a browser sees it."""
    parts = urlsplit(public if "://" in public else f"https://{public}")
    host, port = parts.hostname or "", parts.port or 443
    try:
        with (
            socket.create_connection((host, port), SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            return _until(host, secure.getpeercert() or {})
    except ssl.SSLCertVerificationError as error:
        return _refused(host, error)
    except OSError as error:
        what = f"{host}:{port} does not speak https ({error.strerror or error})"
        return Finding("problem", "certificate", what, "see that the proxy or server runs there")


def _in_memory(server: ssl.SSLContext, client: ssl.SSLContext) -> dict[str, object]:
    """What the client knows of the server's certificate after a handshake between the two."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking, answering = client.wrap_bio(back, there), server.wrap_bio(there, back, server_side=True)
    for side in (asking, answering) * 4:
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLCertVerificationError:
            raise
        except ssl.SSLError:
            break
    return dict(asking.getpeercert() or {})


def _until(name: str, found: Mapping[str, object]) -> Finding:
    left = ssl.cert_time_to_seconds(str(found["notAfter"])) - time.time()
    if left < SOON:
        what = f"the certificate of {name} expires in {max(0.0, left) / 86_400:.0f} days"
        return Finding("problem", "certificate", what, "renew it, then restart the server")
    return fine("certificate", f"the certificate of {name} is good for {left / 86_400:.0f} days")


def _refused(name: str, error: ssl.SSLCertVerificationError) -> Finding:
    if error.verify_code == EXPIRED:
        what = f"the certificate of {name} has expired"
    else:
        what = f"the certificate of {name} is not believed ({error.verify_message})"
    return Finding("problem", "certificate", what, "renew it, then restart the server")
