"""A model is asked about people's mails, and about no others."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from sequences.evaluation.material import ORG, REP
from sequences.ports.model import Answer, Prompt, Usage
from sequences.records.mail import ReplyClass, ReplyReading
from sequences.skills.catalogue import CLASSIFY_REPLY
from sequences.skills.skill import Out
from sequences.skills.thinker import OFFLINE_ENGINE, Thinker
from terminal.evaluating import tables
from tests.skills.mails import SENT_AT, mail


@dataclass
class CountingModel:
    """Says positive to everything, and keeps what it was asked."""

    prompts: list[Prompt] = field(default_factory=list)
    engine: str = "test:model"

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        assert prompt.task
        assert max_output_tokens == CLASSIFY_REPLY.max_output_tokens
        return Decimal("0.001")

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        assert (skill, output_type) == ("classify_reply", ReplyReading)
        assert max_output_tokens == CLASSIFY_REPLY.max_output_tokens
        self.prompts.append(prompt)
        reading = ReplyReading(kind=ReplyClass.POSITIVE, confidence=0.9, quote="interesting")
        usage = Usage(input_tokens=10, output_tokens=5, cost_usd=Decimal("0.001"))
        return Answer(output=cast(Any, reading), usage=usage, engine=self.engine)


async def test_core_18_no_model_is_asked_about_an_automatic_mail() -> None:
    model = CountingModel()
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(tables())
        thinker = Thinker(
            store=store, model=model, clock=lambda: SENT_AT, org=ORG, user=REP, job_id=None, sequence="test"
        )
        away = mail("I am away until 20 January.", "Automatic reply: idea", Auto_Submitted="auto-replied")
        assert (await thinker.think(CLASSIFY_REPLY, away)).kind is ReplyClass.OUT_OF_OFFICE
        assert not model.prompts
        assert (thinker.calls, thinker.spent_usd) == (0, Decimal(0))
        found = await thinker.think(CLASSIFY_REPLY, mail("That is interesting."))
    assert (found.kind, found.quote) == (ReplyClass.POSITIVE, "interesting")
    assert len(model.prompts) == thinker.calls == 1
    assert "| That is interesting." in model.prompts[0].material
    assert thinker.engine != OFFLINE_ENGINE
