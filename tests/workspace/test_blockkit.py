"""Our judgement of Block Kit payloads, over a corpus and in detail."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workspace.blocks import actions, button, modal, plain, text_input
from tests.workspace.corpus import TABLE, Case, section
from tests.workspace.payloads import cases
from workspace.blockkit.blocks import BLOCKS
from workspace.blockkit.check import check_blocks, check_view, problems, view_problems
from workspace.blockkit.elements import ELEMENTS
from workspace.wire import SlackError

CASES = list(cases())


def mistakes(case: Case) -> list[str]:
    return problems(case.payload, surface="message") if case.surface == "message" else view_problems(case.payload)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_corpus_is_judged_as_slack_would(case: Case) -> None:
    found = mistakes(case)
    assert bool(found) is not case.is_valid, found


def test_every_message_names_the_path() -> None:
    for case in CASES:
        assert all("[json-pointer:/" in message for message in mistakes(case)), case.name
    assert problems([section(), actions(button("a", text=plain("x" * 76)))], surface="message") == [
        "[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]"
    ]


def test_all_mistakes_are_found_at_once() -> None:
    found = problems([section(""), {"type": "header"}, {"type": "banner"}], surface="message")
    assert len(found) == 3


def test_refusals_carry_slacks_codes() -> None:
    for blocks, code in (("{", "invalid_blocks_format"), ({"a": 1}, "invalid_blocks_format"), ([{}], "invalid_blocks")):
        with pytest.raises(SlackError) as caught:
            check_blocks(blocks, surface="message")
        assert caught.value.code == code
    with pytest.raises(SlackError, match=r"invalid_attachments.*only_one_table_allowed"):
        check_blocks([TABLE, TABLE], surface="message")
    with pytest.raises(SlackError) as caught:
        check_view(modal(text_input("a"), title=plain("x" * 25)), kind="modal")
    assert caught.value.to_json()["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    with pytest.raises(SlackError) as caught:
        check_view({"type": "home", "blocks": []}, kind="modal")
    assert caught.value.code == "invalid_arguments"


def test_a_view_may_be_too_large_as_a_whole() -> None:
    blocks = [section("ü" * 3000) for _ in range(100)]
    with pytest.raises(SlackError) as caught:
        check_view(modal(*blocks), kind="modal")
    assert caught.value.code == "view_too_large"


def test_what_is_accepted_is_completed_and_the_original_left_alone() -> None:
    given_blocks = [{"type": "actions", "elements": [{"type": "button", "text": plain("x")}]}]
    before = json.dumps(given_blocks)
    done = check_blocks(json.dumps(given_blocks), surface="message")[0]
    assert len(done["block_id"]) == 5
    assert len(done["elements"][0]["action_id"]) == 5
    assert done["elements"][0]["text"]["emoji"] is True
    assert json.dumps(given_blocks) == before


KEYS = (
    "type text elements element fields options option_groups initial_option initial_options accessory block_id "
    "action_id blocks rows child_blocks confirm style url value min_length max_length image_url tasks focus_on_load"
)
TYPES = (
    "section plain_text mrkdwn actions input context table rich_text static_select checkboxes button image container"
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(TYPES.split()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=5),
    max_leaves=20,
)
blocks = st.fixed_dictionaries(
    {"type": st.sampled_from(sorted(BLOCKS))}, optional=dict.fromkeys(KEYS.split()[1:], anything)
)
inside = st.fixed_dictionaries(
    {"type": st.sampled_from(sorted(ELEMENTS))}, optional=dict.fromkeys(KEYS.split()[1:], anything)
)


@settings(deadline=None)
@given(st.lists(blocks, max_size=3), st.lists(inside, max_size=3))
def test_half_right_payloads_do_not_break_it_either(outer: list[object], elements: list[object]) -> None:
    carriers: list[object] = [
        {"type": kind, "elements": elements} for kind in ("actions", "context", "context_actions")
    ]
    carriers += [{"type": "input", "element": element} for element in elements]
    problems([*outer, *carriers], surface="message")


@settings(deadline=None)
@given(anything)
def test_no_payload_breaks_the_check(payload: object) -> None:
    problems(payload, surface="message")
    view_problems(payload)
    view_problems({"type": "modal", "title": payload, "blocks": payload})
