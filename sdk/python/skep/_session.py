"""Who calls: a token that was given, or one that a wallet signs for (ERC-4361) and that is renewed before it is old."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from ._errors import SkepError
from ._http import Http

Sign = Callable[[str], str]
"""Signs a text as EIP-191 does (personal_sign); 65 bytes as 0x hex."""

_LIFE_SECONDS = 15 * 60


class Session:
    """Authorizes requests. Thread-safe."""

    def __init__(self, http: Http, token: str | None, address: str | None, sign: Sign | None) -> None:
        if (address is None) != (sign is None):
            raise ValueError("a wallet signs in with both its address and a function sign(text)")
        self._http = http
        self._given = token or ("" if sign else os.environ.get("SKEP_TOKEN", ""))
        self._address, self._sign = address, sign
        self._token, self._until = "", 0.0
        self._lock = threading.Lock()

    def headers(self) -> dict[str, str]:
        token = self._given or self._own()
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _own(self) -> str:
        if self._sign is None:
            return ""
        with self._lock:
            if time.monotonic() >= self._until:
                self._token = self._sign_in(self._sign)
                self._until = time.monotonic() + _LIFE_SECONDS
            return self._token

    def _sign_in(self, sign: Sign) -> str:
        challenge = self._http.json("POST", "/api/login/challenges", {"address": self._address})
        text = challenge["message"]
        _check(text, self._http.url, self._address or "")
        login = self._http.json("POST", "/api/login", {"message": text, "signature": sign(text)})
        return str(login["token"])

    def release(self) -> None:
        """Revoke the token that this session signed in for; one that was given stays its owner's."""
        with self._lock:
            token, self._token, self._until = self._token, "", 0.0
        if token:
            with suppress(SkepError):  # it runs out by itself
                self._http.json("DELETE", "/api/login", headers={"Authorization": f"Bearer {token}"})


def _check(text: str, url: str, address: str) -> None:
    """Sign nothing but a sign-in to this very queen: the text comes from whoever answers there."""
    lines = text.split("\n")
    host = url.split("://", 1)[1]
    expected = f"{host} wants you to sign in with your Ethereum account:"
    if lines[0] != expected or len(lines) < 2 or lines[1].lower() != address.lower() or "\nResources:" in text:
        raise SkepError(f"nothing was signed: {url} asked to sign what is not a sign-in of {address} to it")
