"""Releases on storage that speaks S3's protocol: what is served here is pushed, and pulled elsewhere.

    PREFIX/objects/<sha256>         a file, named by its content: what is there is not sent twice
    PREFIX/deployments/<id>.json    which files a deployment is made of; written when all of them are there
    PREFIX/current                  id and hash of that list, of the deployment pushed last

Whoever pulls sees a whole deployment or none: files are checked against their hashes, put together beside, and
renamed at the end. What was broken off goes on where it was, in the middle of a file too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chatwright.core.errors import ChatwrightError, NotFound, ReleaseError, WrongUse
from chatwright.core.files import canonical_json, flush_tree, sha256_file, sha256_json, storage
from chatwright.release.manifest import verify
from chatwright.release.registry import Deployment

FORMAT = 1
PULLED = "pulled"  # below .chatwright: what has arrived and is not in place yet
BLOCK = 1 << 20
URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")
SETTINGS = Config(
    retries={"max_attempts": 4, "mode": "standard"}, connect_timeout=5, read_timeout=60
)
ABSENT = ("404", "NoSuchKey", "NotFound")


@dataclass(frozen=True, slots=True)
class Moved:
    """What went over the wire, and what was there already."""

    deployment: Deployment
    files: int
    bytes: int
    there: int


class Bucket:
    """A place like `s3://bucket/prefix`. Credentials and endpoint: AWS's own variables and files."""

    def __init__(self, url: str) -> None:
        found = URL.fullmatch(url.rstrip("/"))
        if found is None:
            raise WrongUse(f"{url} is no place for releases.", "Write s3://bucket/prefix.")
        self.name, prefix = found[1], found[2]
        self._prefix = f"{prefix.strip('/')}/" if prefix else ""
        with self._in_words():
            self._client = boto3.client("s3", config=SETTINGS)

    def push(self, made: Path, deployment: Deployment) -> Moved:
        """Send what a deployment is made of, from the `.chatwright` in `made`; it is the current one then."""
        verify(made / "releases" / deployment.release)
        files = {
            path.relative_to(made).as_posix(): sha256_file(path)
            for folder in folders(deployment)
            for path in sorted((made / folder).rglob("*"))
            if path.is_file()
        }
        sent = size = 0
        with self._in_words():
            for name, digest in files.items():
                if not self._has(f"objects/{digest}"):
                    self._client.upload_file(made / name, self.name, self._key(f"objects/{digest}"))
                    sent, size = sent + 1, size + (made / name).stat().st_size
            listing = {"format": FORMAT, "deployment": asdict(deployment), "files": files}
            self._put(f"deployments/{deployment.id}.json", canonical_json(listing))
            self._put("current", f"{deployment.id} {sha256_json(listing)}\n")
        return Moved(deployment, sent, size, len(files) - sent)

    def current(self) -> str:
        """The id of the deployment that was pushed last."""
        return self._current()[0]

    def pull(self, made: Path, wanted: str = "") -> Moved:
        """Have a deployment (the current one, or that of this id) in the `.chatwright` that is `made`.

        It is not promoted. Raises `NotFound`, and `ReleaseError` where something is not what its hash
        says; then nothing is in place.
        """
        listing = self._listing(wanted)
        deployment = Deployment(**listing["deployment"])
        files: dict[str, str] = listing["files"]
        if outside := [name for name in files if not _inside(name, deployment)]:
            raise ReleaseError(f"The list names a file elsewhere: {outside[0]}.", "Push it again.")
        missing = {n: d for n, d in files.items() if not _same(made / n, d)}
        got = size = 0
        for digest in dict.fromkeys(missing.values()):
            size += self._get(digest, made / PULLED)
            got += 1
        for folder in folders(deployment):
            mine = {n: d for n, d in files.items() if n.startswith(f"{folder}/")}
            if mine.keys() & missing.keys():
                _put_together(made, folder, mine)
        shutil.rmtree(made / PULLED, ignore_errors=True)
        verify(made / "releases" / deployment.release)
        return Moved(deployment, got, size, len(files) - len(missing))

    def _current(self) -> tuple[str, str]:
        try:
            identity, _, digest = self._read("current").partition(" ")
        except NotFound:
            raise NotFound(
                f"No release was pushed to s3://{self.name}/{self._prefix}.",
                "Push one: `chatwright release push URL`.",
            ) from None
        return identity, digest.strip()

    def _listing(self, wanted: str) -> dict[str, Any]:
        identity, digest = (wanted, "") if wanted else self._current()
        try:
            listing: dict[str, Any] = json.loads(self._read(f"deployments/{identity}.json"))
            deployment = Deployment(**listing["deployment"])
        except (ValueError, KeyError, TypeError):
            raise ReleaseError(
                f"The list of deployment {identity} is damaged.", "Push it again."
            ) from None
        if listing.get("format") != FORMAT or deployment.id != identity:
            raise ReleaseError(
                f"The list of deployment {identity} is not of this version.", "Push it again."
            )
        if digest and sha256_json(listing) != digest:
            raise ReleaseError(f"The list of deployment {identity} was changed.", "Push it again.")
        return listing

    def _get(self, digest: str, folder: Path) -> int:
        """Have the object in `folder` under its hash; how many bytes came."""
        whole, part = folder / digest, folder / f"{digest}.part"
        if whole.exists():
            return 0
        came = 0
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)
            begun = part.stat().st_size if part.exists() else 0
            for block in self._blocks(f"objects/{digest}", begun):
                with part.open("ab") as file:
                    file.write(block)
                came += len(block)
        if sha256_file(part) != digest:
            part.unlink()
            raise ReleaseError(
                f"The object {digest[:12]} is not what its name says.", "Push the release again."
            )
        part.replace(whole)
        return came

    def _blocks(self, name: str, begun: int) -> Iterator[bytes]:
        with self._in_words():
            size = self._client.head_object(Bucket=self.name, Key=self._key(name))["ContentLength"]
            if begun >= size:
                return
            answer = self._client.get_object(
                Bucket=self.name, Key=self._key(name), Range=f"bytes={begun}-"
            )
            yield from answer["Body"].iter_chunks(BLOCK)

    def _has(self, name: str) -> bool:
        try:
            self._client.head_object(Bucket=self.name, Key=self._key(name))
        except ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                return False
            raise
        return True

    def _read(self, name: str) -> str:
        with self._in_words():
            answer = self._client.get_object(Bucket=self.name, Key=self._key(name))
            return str(answer["Body"].read().decode())

    def _put(self, name: str, text: str) -> None:
        self._client.put_object(Bucket=self.name, Key=self._key(name), Body=text.encode())

    def _key(self, name: str) -> str:
        return f"{self._prefix}{name}"

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ABSENT:
                raise NotFound(
                    f"s3://{self.name} does not have it.", "Look at the address."
                ) from error
            raise ChatwrightError(
                f"s3://{self.name} refused ({code}).",
                "Check the bucket's name and the credentials.",
            ) from error
        except (BotoCoreError, boto3.exceptions.Boto3Error, OSError) as error:
            raise ChatwrightError(
                f"s3://{self.name} cannot be reached ({type(error).__name__}).",
                "Check the network, AWS_ENDPOINT_URL and the credentials; then run it again: it goes on.",
            ) from error


def folders(deployment: Deployment) -> list[str]:
    """What it consists of, below `.chatwright`."""
    found = [f"releases/{deployment.release}"]
    return found + ([f"calibrations/{deployment.calibration}"] if deployment.calibration else [])


def _inside(name: str, deployment: Deployment) -> bool:
    parts = PurePosixPath(name).parts
    return ".." not in parts and any(name.startswith(f"{one}/") for one in folders(deployment))


def _same(path: Path, digest: str) -> bool:
    return path.is_file() and sha256_file(path) == digest


def _put_together(made: Path, folder: str, files: dict[str, str]) -> None:
    """The folder from what has arrived and what was there; in its place when it is whole."""
    target = made / folder
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    with storage(target):
        shutil.rmtree(beside, ignore_errors=True)
        for name, digest in files.items():
            path = beside / Path(name).relative_to(folder)
            path.parent.mkdir(parents=True, exist_ok=True)
            arrived = made / PULLED / digest
            shutil.copyfile(arrived if arrived.exists() else made / name, path)
        flush_tree(beside)
        if target.exists():  # it was not whole
            shutil.rmtree(target)
        beside.rename(target)
