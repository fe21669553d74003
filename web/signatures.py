"""Who sent this? A forged call is told apart before anything of it is looked at (SRC-07)."""

import hmac
from collections.abc import Mapping

from svix.webhooks import Webhook, WebhookVerificationError


class ForgedError(Exception):
    """The call does not prove that it comes from the meeting bot. The message is for our log alone."""


def verify_meetingbaas(headers: Mapping[str, str], body: bytes, secrets: tuple[str, ...]) -> None:
    """Accept a Svix signature, the ``x-mb-secret`` of a bot's callback, or the API key that v1 sends.

    ``headers`` are read without regard to case. Raises ForgedError.
    """
    if not secrets:
        raise ForgedError("MEETINGBAAS_WEBHOOK_SECRET is not set, so no call can prove itself")
    if "svix-signature" in headers:
        _verify_svix(headers, body, secrets)
        return
    presented = headers.get("x-mb-secret") or headers.get("x-meeting-baas-api-key")
    if presented is None:
        raise ForgedError("neither a Svix signature nor x-mb-secret")
    # A header may hold bytes that are no text; they arrive as surrogates.
    told = presented.encode("utf-8", "surrogateescape")
    if not any(hmac.compare_digest(told, secret.encode()) for secret in secrets):
        raise ForgedError("the presented secret is not ours")


def _verify_svix(headers: Mapping[str, str], body: bytes, secrets: tuple[str, ...]) -> None:
    named = {name: headers.get(name, "") for name in ("svix-id", "svix-timestamp", "svix-signature")}
    for secret in secrets:
        try:
            Webhook(secret).verify(body, named)
        except (WebhookVerificationError, ValueError):
            # Not this secret (or not a Svix secret at all, when several kinds are configured): try the next.
            continue
        return
    raise ForgedError("the Svix signature fits none of our secrets, or is too old")
