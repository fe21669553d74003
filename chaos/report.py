"""What a run found: figures for machines, a table for people."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from chaos.suite import Result


@dataclass
class Figures:
    """Of one kind of fault. ``told``: the mail may have left or not, and the card says so."""

    points: int = 0
    lost: int = 0
    doubled: int = 0
    told: int = 0


@dataclass
class Report:
    """``unjudged`` and ``never_struck`` are no points: the former fail the run, the latter are only said."""

    seed: int
    results: list[Result] = field(default_factory=list)
    skipped: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def judged(self) -> list[Result]:
        return [result for result in self.results if result.deed and result.deed.has_struck]

    @property
    def unjudged(self) -> list[Result]:
        return [result for result in self.results if result.problem]

    @property
    def is_clean(self) -> bool:
        """Whether everything was judged and nothing was lost or doubled; a point that missed its moment counts, too."""
        return bool(self.judged) and not self.unjudged and all(_is_clean(result) for result in self.results)

    def by_fault(self) -> dict[str, Figures]:
        found: dict[str, Figures] = defaultdict(Figures)
        for result in self.judged:
            assert result.deed and result.verdict  # noqa: PT018, S101  # judged ones have both
            figures = found[f"{result.deed.fault} ({result.point.database})"]
            figures.points += 1
            figures.lost += bool(result.verdict.lost)
            figures.doubled += bool(result.verdict.doubled)
            figures.told += result.verdict.told
        return dict(sorted(found.items()))

    def to_json(self) -> dict[str, object]:
        figures = self.by_fault()
        return {
            "points": len(self.judged),
            "lost": _sum(figures.values(), "lost"),
            "doubled": _sum(figures.values(), "doubled"),
            "told_that_a_mail_may_have_left": _sum(figures.values(), "told"),
            "unjudged": [result.point.id for result in self.unjudged],
            "never_struck": [r.point.id for r in self.results if r.deed and not r.deed.has_struck],
            "skipped": dict(self.skipped),
            "presses_that_slack_lost": sum(result.presses_unheard for result in self.results),
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            "by_fault": {name: asdict(found) for name, found in figures.items()},
        }

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(self.to_json(), indent=2) + "\n", encoding="utf-8")

    def table(self) -> str:
        figures = self.by_fault()
        width = max((len(name) for name in figures), default=10)
        rows = [f"{'':{width}}  points  lost  doubled  told"]
        for name, found in figures.items():
            rows.append(f"{name:{width}}  {found.points:6}  {found.lost:4}  {found.doubled:7}  {found.told:4}")
        whole = [_sum(figures.values(), name) for name in ("lost", "doubled", "told")]
        rows.append(f"{'all':{width}}  {len(self.judged):6}  {whole[0]:4}  {whole[1]:7}  {whole[2]:4}")
        rows += [f"skipped: {name}: {reason}" for name, reason in self.skipped.items()]
        return "\n".join(rows)


def told(result: Result) -> str:
    """One line about one point; what is wrong with it on lines below."""
    head = f"{result.point.id:20} {result.seconds:5.1f} s  "
    if result.problem:
        return f"{head}NOT JUDGED  {result.problem}"
    assert result.deed and result.verdict  # noqa: PT018, S101  # one of both is always there
    deed, verdict = result.deed, result.verdict
    missed = "" if deed.has_struck else "  (never struck)"
    lines = [f"{head}{deed.fault}: {deed.what}{missed}{'  (told)' if verdict.told else ''}"]
    lines += [f"    LOST     {line}" for line in verdict.lost]
    lines += [f"    DOUBLED  {line}" for line in verdict.doubled]
    return "\n".join(lines)


def _is_clean(result: Result) -> bool:
    return result.verdict is not None and result.verdict.is_clean


def _sum(figures: Iterable[Figures], name: str) -> int:
    return sum(getattr(found, name) for found in figures)
