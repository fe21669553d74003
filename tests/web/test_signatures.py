"""A forged call is told apart before anything of it is looked at (SRC-07)."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from multidict import CIMultiDict
from svix.webhooks import Webhook

from web.signatures import ForgedError, verify_meetingbaas

SECRET = "whsec_" + b64encode(b"a secret of twenty-four.").decode()
OTHER = "whsec_" + b64encode(b"another one of that size").decode()
BODY = b'{"event": "bot.completed"}'


def signed(
    body: bytes = BODY, secret: str = SECRET, age: timedelta = timedelta(0), message_id: str = "msg_1"
) -> dict[str, str]:
    at = datetime.now(UTC) - age
    return {
        "Svix-Id": message_id,
        "Svix-Timestamp": str(int(at.timestamp())),
        "Svix-Signature": Webhook(secret).sign(message_id, at, body.decode()),
    }


def is_accepted(headers: dict[str, str], body: bytes = BODY, secrets: tuple[str, ...] = (SECRET,)) -> bool:
    try:
        verify_meetingbaas(CIMultiDict(headers), body, secrets)
    except ForgedError:
        return False
    return True


def test_src_07_a_svix_signature_is_accepted() -> None:
    assert is_accepted(signed())


def test_src_07_any_of_several_secrets_may_sign() -> None:
    assert is_accepted(signed(secret=OTHER), secrets=("plain secret", SECRET, OTHER))


@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(days=-1)])
def test_src_07_an_old_or_future_signature_is_a_replay(age: timedelta) -> None:
    assert not is_accepted(signed(age=age))


@pytest.mark.parametrize(
    "changes",
    [
        {"Svix-Id": "msg_2"},
        {"Svix-Id": ""},
        {"Svix-Timestamp": "0"},
        {"Svix-Timestamp": "soon"},
        {"Svix-Timestamp": ""},
        {"Svix-Signature": ""},
        {"Svix-Signature": "v1,"},
        {"Svix-Signature": "v1,bm90IGl0"},
        {"Svix-Signature": "nonsense"},
        {"Svix-Signature": "v1,é\udcff"},
        {"Svix-Signature": "v2,x v3,y"},
    ],
)
def test_src_07_a_changed_header_is_refused(changes: dict[str, str]) -> None:
    assert not is_accepted(signed() | changes)


def test_src_07_a_changed_body_is_refused() -> None:
    assert not is_accepted(signed(), BODY + b" ")


def test_src_07_a_wrong_secret_is_refused() -> None:
    assert not is_accepted(signed(secret=OTHER))


@pytest.mark.parametrize("name", ["x-mb-secret", "X-MB-Secret", "x-meeting-baas-api-key"])
def test_src_07_a_callback_carries_the_secret_itself(name: str) -> None:
    assert is_accepted({name: "plain secret"}, secrets=("plain secret",))
    assert is_accepted({name: SECRET})


@pytest.mark.parametrize("presented", ["", "plain secre", "plain secret ", "é", "\udcff\udcfe"])
def test_src_07_a_wrong_callback_secret_is_refused(presented: str) -> None:
    assert not is_accepted({"x-mb-secret": presented}, secrets=("plain secret",))


def test_src_07_a_bad_signature_is_not_saved_by_a_callback_secret() -> None:
    assert not is_accepted({"svix-signature": "v1,x", "x-mb-secret": "plain secret"}, secrets=("plain secret",))


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer plain secret"}])
def test_src_07_a_call_without_proof_is_refused(headers: dict[str, str]) -> None:
    assert not is_accepted(headers, secrets=("plain secret",))


def test_src_07_without_a_secret_nothing_is_accepted() -> None:
    assert not is_accepted({"x-mb-secret": ""}, secrets=())
    assert not is_accepted(signed(), secrets=())
