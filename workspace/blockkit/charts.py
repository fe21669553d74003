"""Charts: what a ``data_visualization`` block draws, and that its points and categories belong together."""

from types import MappingProxyType
from typing import Any

from workspace.blockkit.rules import Findings, items, listed, number, shape, string, tagged

MOST_CHARTS = 2
MOST_SHOWN = 12  # series or slices of one chart
_LABEL = string(20, 1)


def _share(value: Any, path: str, found: Findings) -> None:
    number(value, path, found)
    if isinstance(value, int | float) and value <= 0:
        found.note("must be more than 0", path)


def _points_match(value: Any, path: str, found: Findings) -> None:
    """Each series has a name of its own and one point for each category, no more."""
    axis = value.get("axis_config")
    categories = listed(axis.get("categories")) if isinstance(axis, dict) else []
    names: list[Any] = []
    for index, series in enumerate(listed(value.get("series"))):
        if not isinstance(series, dict):
            continue
        if series.get("name") in names:
            found.note(f"duplicate series name: {series['name']}", f"{path}/series/{index}/name")
        names.append(series.get("name"))
        labels = [point.get("label") for point in listed(series.get("data")) if isinstance(point, dict)]
        if sorted(map(str, labels)) != sorted(map(str, categories)):
            found.note("must have exactly one data point for each category", f"{path}/series/{index}/data")


_SERIES = shape({"name": _LABEL, "data": items(shape({"label": _LABEL, "value": number}, {}), 20)}, {})
_AXES = shape({"categories": items(_LABEL, 20)}, {"x_label": string(50), "y_label": string(50)})
_PLOTTED = shape({"series": items(_SERIES, MOST_SHOWN), "axis_config": _AXES}, {}, _points_match)
_PIE = shape({"segments": items(shape({"label": _LABEL, "value": _share}, {}), MOST_SHOWN)}, {})
CHART = tagged(MappingProxyType({"pie": _PIE, "bar": _PLOTTED, "area": _PLOTTED, "line": _PLOTTED}))


def few_charts(value: Any, path: str, found: Findings) -> None:  # noqa: ARG001 - a rule looks at a value
    """A message holds at most two."""
    found.charts += 1
    if found.charts > MOST_CHARTS:
        found.note(f"no more than {MOST_CHARTS} data_visualization blocks allowed", path)
