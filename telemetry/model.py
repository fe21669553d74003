"""A model, watched: how long it took, what it used, how it ended."""

import time
from decimal import Decimal

from sequences.ports.model import Answer, Model, ModelError, Out, Prompt, Usage
from sequences.ports.observing import Observer


class ObservedModel:
    """Implements ``Model`` around another one."""

    def __init__(self, model: Model, observer: Observer) -> None:
        self._model = model
        self._observer = observer

    @property
    def engine(self) -> str:
        return self._model.engine

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        return self._model.estimate(prompt, max_output_tokens=max_output_tokens)

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        began = time.perf_counter()
        outcome, usage = "broken", Usage()
        try:
            with self._observer.span("model call", skill=skill, engine=self.engine):
                answer = await self._model.ask(skill, prompt, output_type, max_output_tokens=max_output_tokens)
        except ModelError as error:
            outcome, usage = error.kind, error.usage
            raise
        else:
            outcome, usage = "answered", answer.usage
            return answer
        finally:
            seconds = time.perf_counter() - began
            self._observer.model_asked(skill, self.engine, outcome=outcome, usage=usage, seconds=seconds)
