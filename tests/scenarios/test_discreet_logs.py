"""One meeting from webhook to mail, with everything going wrong that may, at DEBUG: the log ties it all together and
repeats nothing that anybody said, wrote or is called (PRIV-02)."""

import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from logs import set_up_logging
from sequences.front import Front
from sequences.records.insight import Intents
from sequences.records.material import MeetingMaterial
from sequences.skills.detect_intents import detect_offline
from tests.scenarios.house import SECRET, House, action_ids, open_house, text_of
from workspace.model import Message
from workspace.vendors.model import KEY, ModelServer, Play, claude, claude_error
from workspace.vendors.samples import Sample

SAID = "Quokka7731"
WRITTEN = "Wombat9942"
FORGED = "Numbat5508"
MODEL = "marlow-finch-pilot"
NONSENSE = claude(f'{{"kind": "{SAID}"}}')  # told by its fields alone


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What ``sixty run`` would write to standard error at DEBUG."""
    kept = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", kept)
        set_up_logging("DEBUG")
    return kept


def lines_of(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def marked_sample(house: House) -> Sample:
    """A known meeting in which every sentence is marked, and the title, too."""
    sample = house.ws.samples.get(MODEL)
    text = re.sub(r"(<v [^>]+>.*)", rf"\1 {SAID}.", sample.content.decode())
    assert text.count(SAID) > 20
    people = [dict(person) for person in sample.participants]
    return house.ws.samples.upload("marked.vtt", text.encode(), title=f"About {SAID}", participants=people)


def break_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug whose error quotes the transcript."""

    def quoting(material: MeetingMaterial) -> Intents:
        said = material.transcript.turns[0].text
        if SAID in said:
            raise ValueError(said)
        return detect_offline(material)  # for the warm-up

    monkeypatch.setattr("sequences.skills.extract_crm_fields.detect_offline", quoting)


def debriefs(house: House) -> list[Message]:
    return [card for card in house.cards(house.rep()) if "email_edit" in action_ids(card)]


async def walk(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything a day may bring. Answers what the rep was told when a listener broke."""
    rep, faults = house.rep(), house.ws.faults
    url = f"http://127.0.0.1:{house.running.http_port}/webhooks/meetingbaas"
    async with aiohttp.ClientSession() as session:
        await session.post(url, json={"said": SAID}, headers={"x-mb-secret": FORGED})
        await session.post(url, data=f"no json {SAID}", headers={"x-mb-secret": SECRET})
        await session.post(url, json={"event": SAID, "data": {"said": SAID}}, headers={"x-mb-secret": SECRET})
    await house.ws.meeting_bot.fail(code=SAID, person=rep.person)
    await house.until(lambda: house.cards(rep))
    faults.arm("rate_limit", method="chat.postMessage", retry_after=4)
    await house.ws.meeting_bot.end(marked_sample(house), person=rep.person)
    await house.until(lambda: not faults.armed)
    await house.until(lambda: debriefs(house))
    card = debriefs(house)[0]
    await rep.press(card, "email_edit")
    await house.until(lambda: rep.modals)
    await rep.submit(values={"email_body": {"input": f"Hi Petra,\n\n{WRITTEN}\n\nRobin Hale"}})
    await house.until_card_says(card, WRITTEN)
    faults.arm("mail_refused", status=451)
    await rep.press(card, "email_send")
    await house.until(lambda: not faults.armed)
    await rep.press(card, "orch_tasks_create")

    async def quoting(*_: object) -> None:
        raise ValueError(SAID)

    monkeypatch.setattr(Front, "overview", quoting)
    await rep.command("/60", "status")
    await house.until(lambda: any("log as" in text_of(message) for message in house.seen_only_by(rep)))
    return next(text_of(message) for message in house.seen_only_by(rep) if "log as" in text_of(message))


async def test_priv_02_the_log_repeats_nothing_and_ties_everything_together(
    database_url: str, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_a_step(monkeypatch)
    async with open_house(database_url, sixty_undo_seconds=1) as house:
        told = await walk(house, monkeypatch)
        tokens = (house.ws.bot_token, house.ws.app_token, SECRET, SECRET.removeprefix("whsec_"))
    written = log.getvalue()
    people = ("Petra", "Lindqvist", "Tomas", "marlowfinch", "Robin", "Hale", "Penrose")
    for secret in (SAID, WRITTEN, FORGED, *people, *tokens):
        assert secret.casefold() not in written.casefold(), secret
    lines = lines_of(log)
    said = {line["message"] for line in lines}
    assert {"webhook refused", "delivery stored", "event accepted", "step broke", "card not shown"} <= said
    shows_correlation(lines, told)
    follows_the_meeting(lines)


@pytest.mark.parametrize(
    ("play", "message"),
    [
        (NONSENSE, "model gave up"),
        (claude("", stop_reason="refusal", stop_details={"type": "refusal", "explanation": SAID}), "model gave up"),
        (claude_error(400, "invalid_request_error", f"{SAID} is too much"), "model gave up"),
        (claude_error(529, "overloaded_error", f"{SAID} is too much"), "job failed"),
    ],
    ids=["nonsense", "refusal", "error", "overloaded"],
)
async def test_priv_02_a_model_that_quotes_the_meeting_is_not_quoted(
    tmp_path: Path, sqlite_template: Path, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, play: Play, message: str
) -> None:
    shutil.copyfile(sqlite_template, tmp_path / "sixty.db")
    server = ModelServer()
    server.play(*[play] * 100)
    async with server.running():
        monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
        url = f"sqlite+aiosqlite:///{tmp_path / 'sixty.db'}"
        async with open_house(url, sixty_model="anthropic:claude-haiku-5-5") as house:
            await house.ws.meeting_bot.end(marked_sample(house), person=house.rep().person)
            await house.until(lambda: house.cards(house.rep()))
            async with house.running.core.store.begin() as tx:
                asked = "SELECT error FROM ai_cost_events WHERE error IS NOT NULL"
                kept = [str(error) for (error,) in await tx.connection.exec_driver_sql(asked)]
    quotes = {SAID in error for error in kept}
    assert quotes == {play is not NONSENSE}, "what was said is kept where it belongs"
    assert message in {line["message"] for line in lines_of(log)}
    assert SAID.casefold() not in log.getvalue().casefold()
    assert KEY not in log.getvalue()


def shows_correlation(lines: list[dict[str, Any]], told: str) -> None:
    """What the person was told is what the log has."""
    failed = next(line for line in lines if line["message"] == "listener failed")
    assert failed["correlation_id"] in told
    assert "ValueError" in failed["traceback"]
    assert failed["user_id"].startswith("user_")


def follows_the_meeting(lines: list[dict[str, Any]]) -> None:
    """From the webhook's delivery to its event, to its job, to the job's card and mail."""

    def first(message: str, **known: str) -> dict[str, Any]:
        return next(
            line
            for line in lines
            if line["message"] == message and all(line.get(name) == value for name, value in known.items())
        )

    event = first("event accepted", event_type="meeting_ended")
    stored = first("delivery stored", delivery_id=event["delivery_id"])
    broke = first("step broke", job_id=event["job_id"])
    card = first("card not shown", card_id=f"card_{event['job_id']}")
    assert len({stored["correlation_id"], event["correlation_id"], broke["correlation_id"]}) == 3
    assert card["correlation_id"] == broke["correlation_id"]
    assert event["event_id"].startswith("event_")
    for line in (broke, card):
        assert (line["org_id"], line["user_id"]) == (event["org_id"], event["user_id"])
