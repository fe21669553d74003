"""A key that signs JSON Web Tokens with RS256 (RFC 7515, RFC 8017), in plain Python: it needs nothing installed.

Good for a workspace on one's own machine and for nothing else: it takes no care that its timing tells nothing.
"""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from math import lcm
from secrets import randbelow, randbits

from workspace.wire import Json

BITS = 2048
EXPONENT = 65537
ROUNDS = 40  # of Miller and Rabin's test
_SMALL_PRIMES = tuple(n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2)))
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")  # of SHA-256, RFC 8017 § 9.2


class Rs256Key:
    """Made anew for each workspace; that takes about a second."""

    def __init__(self) -> None:
        p, q = _prime(BITS // 2), _prime(BITS // 2)
        self._modulus = p * q
        self._private = pow(EXPONENT, -1, lcm(p - 1, q - 1))
        self.id = base64url(sha256(_bytes(self._modulus)).digest()[:12])

    def jwk(self) -> Json:
        """The public half (RFC 7517)."""
        numbers = {"n": base64url(_bytes(self._modulus)), "e": base64url(_bytes(EXPONENT))}
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.id, **numbers}

    def signed(self, claims: Json) -> str:
        """The claims as a JWT."""
        head = {"typ": "JWT", "alg": "RS256", "kid": self.id}
        content = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
        return f"{content}.{base64url(self._signature(content.encode()))}"

    def _signature(self, content: bytes) -> bytes:
        size = BITS // 8
        tail = b"\x00" + _DIGEST_INFO + sha256(content).digest()
        block = b"\x00\x01" + b"\xff" * (size - 2 - len(tail)) + tail
        return pow(int.from_bytes(block), self._private, self._modulus).to_bytes(size)


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _prime(bits: int) -> int:
    """Its two highest bits are set, so that the product of two has twice as many; e has an inverse modulo it."""
    while True:
        candidate = randbits(bits) | (0b11 << (bits - 2)) | 1
        if (candidate - 1) % EXPONENT and _is_prime(candidate):
            return candidate


def _is_prime(candidate: int) -> bool:
    if any(candidate % prime == 0 for prime in _SMALL_PRIMES):
        return candidate in _SMALL_PRIMES
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(candidate, odd, twos) for _ in range(ROUNDS))


def _passes(candidate: int, odd: int, twos: int) -> bool:
    """One round: a witness against the candidate is not found."""
    power = pow(randbelow(candidate - 3) + 2, odd, candidate)
    for _ in range(twos):
        if power in (1, candidate - 1):
            return True
        power = power * power % candidate
        if power == 1:
            return False
    return False
