from blocks.runs import bold, code, italic, person, runs, struck


def test_neighbours_of_one_style_are_joined_and_empty_ones_left_out() -> None:
    assert runs(["a", "", "b", bold("c"), bold("d"), struck(""), italic("e")]) == [
        {"type": "text", "text": "ab"},
        {"type": "text", "text": "cd", "style": {"bold": True}},
        {"type": "text", "text": "e", "style": {"italic": True}},
    ]


def test_text_is_kept_letter_by_letter_but_for_what_cannot_be_shown() -> None:
    assert runs(["<!channel> *x* \0& :smile:"]) == [{"type": "text", "text": "<!channel> *x* & :smile:"}]
    assert runs([code("\0")]) == []


def test_a_person_is_mentioned_only_by_a_slack_id() -> None:
    assert person("U0MAYA001") == {"type": "user", "user_id": "U0MAYA001"}
    assert person("U0MAYA001", is_bold=True) == {"type": "user", "user_id": "U0MAYA001", "style": {"bold": True}}
    assert person("you") == {"type": "text", "text": "you"}
    assert person("<!channel>") == {"type": "text", "text": "<!channel>"}
