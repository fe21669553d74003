"""Where others' rules and ours disagree, as the table in ``workspace/docs/block-kit-checks.md``.

``python -m tests.workspace.disagreements`` writes the table anew; what is new in it has to be read, not believed.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.workspace.corpus import Case
from tests.workspace.judges import models_accept, types_refuse
from tests.workspace.payloads import cases

DOCUMENT = Path(__file__).parents[2] / "workspace/docs/block-kit-checks.md"
REFERENCE = "https://docs.slack.dev/reference"
HEAD = "| payload | slack_sdk.models 3.47.0 | @slack/types 3.2.0 | this workspace | Slack's page |"
RULE = "|---|---|---|---|---|"
# the first word of these that a payload's name holds says which page to look at
PAGES = {
    "chart|slice|categor": "block-kit/blocks/data-visualization-block",
    "icon that Slack|two icons|icon of Slack": "block-kit/composition-objects/slack-icon-object",
    "task card|task_card": "block-kit/blocks/task-card-block",
    "response_url|filter of": "block-kit/block-elements/select-menu-element",
    "initial rich": "block-kit/block-elements/rich-text-input-element",
    "_value above|fraction": "block-kit/block-elements/number-input-element",
    "thirtieth": "block-kit/block-elements/date-picker-element",
    "carousel": "block-kit/blocks/carousel-block",
    "card": "block-kit/blocks/card-block",
    "container": "block-kit/blocks/container-block",
    "data table|data_table|rows of different|table's head|rows on a page|raw_": "block-kit/blocks/data-table-block",
    "alert": "block-kit/blocks/alert-block",
    "rich_text_input": "block-kit/block-elements/rich-text-input-element",
    "plan|task": "block-kit/blocks/plan-block",
    "modal|view|submit|close|private_metadata|callback_id|external_id|focused": "views/modal-views",
    "home": "views/home-tab-views",
    "icon|context_actions|context actions": "block-kit/blocks/context-actions-block",
    "feedback": "block-kit/block-elements/feedback-buttons-element",
    "context": "block-kit/blocks/context-block",
    "column|table|cells": "block-kit/blocks/table-block",
    "video": "block-kit/blocks/video-block",
    "image": "block-kit/blocks/image-block",
    "markdown": "block-kit/blocks/markdown-block",
    "header": "block-kit/blocks/header-block",
    "overflow|option's address|an address on": "block-kit/block-elements/overflow-menu-element",
    "question|confirm": "block-kit/composition-objects/confirmation-dialog-object",
    "checkbox": "block-kit/block-elements/checkboxes-element",
    "radio": "block-kit/block-elements/radio-button-group-element",
    "groups|group's|in a group": "block-kit/composition-objects/option-group-object",
    "option's": "block-kit/composition-objects/option-object",
    "multi_": "block-kit/block-elements/multi-select-menu-element",
    "select|option|placeholder": "block-kit/block-elements/select-menu-element",
    "datetimepicker": "block-kit/block-elements/datetime-picker-element",
    "date that|datepicker": "block-kit/block-elements/date-picker-element",
    "time that|timepicker": "block-kit/block-elements/time-picker-element",
    "number": "block-kit/block-elements/number-input-element",
    "file_input|file input|files": "block-kit/block-elements/file-input-element",
    "file": "block-kit/blocks/file-block",
    "email": "block-kit/block-elements/email-input-element",
    "url_text": "block-kit/block-elements/url-input-element",
    "plain_text_input|text input|length|of an input": "block-kit/block-elements/plain-text-input-element",
    "input|label|hint": "block-kit/blocks/input-block",
    "workflow": "block-kit/block-elements/workflow-button-element",
    "button|style|address that": "block-kit/block-elements/button-element",
    "field|section": "block-kit/blocks/section-block",
    "action|element": "block-kit/blocks/actions-block",
    "rich|link|user|channel|team|emoji with|broadcast|color|date|preformatted": "block-kit/blocks/rich-text-block",
    "text|mrkdwn|emoji": "block-kit/composition-objects/text-object",
}


def verdicts(directory: Path) -> dict[str, tuple[bool, bool, bool, Case]]:
    """By name of the payload: whether the models, the types and we take it."""
    all_cases = list(cases())
    refused = types_refuse(all_cases, directory)
    return {case.name: (models_accept(case), case.name not in refused, case.is_valid, case) for case in all_cases}


def rows(directory: Path) -> list[str]:
    """The table's lines below its head, in the order of the corpus."""
    lines = []
    for name, (models, types, ours, case) in verdicts(directory).items():
        if models is ours and types is ours:
            continue
        others = ["" if theirs is ours else _says(theirs) for theirs in (models, types)]
        mine = "takes it" if ours else f"refuses it: {case.reason}"
        page = _page(name)
        link = f"[{page.rpartition('/')[2].removesuffix('-block')}]({REFERENCE}/{page})"
        lines.append(f"| {name} | {others[0]} | {others[1]} | {mine} | {link} |")
    return lines


def _says(accepted: bool) -> str:
    return "takes it" if accepted else "refuses it"


def _page(name: str) -> str:
    return next((page for words, page in PAGES.items() if re.search(words, name)), "block-kit/blocks")


def main() -> None:
    with TemporaryDirectory() as directory:
        table = "\n".join([HEAD, RULE, *rows(Path(directory))])
    text = DOCUMENT.read_text()
    count = f"A corpus of {len(list(cases()))} payloads"
    written = re.sub(r"\| payload \|.*?(?=\n\n)", lambda _: table, text, flags=re.DOTALL)
    DOCUMENT.write_text(re.sub(r"A corpus of \d+ payloads", count, written))


if __name__ == "__main__":
    main()
