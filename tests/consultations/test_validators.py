"""What is wrong with a field, in the words of the person who filled it in."""

import pytest

from answerable.consultations.validators import address_problems, choice_problems, text_problems


@pytest.mark.parametrize(("text", "is_fine"), [("a", True), ("水", True), ("", False), ("…—!", False)])
def test_text_needs_a_letter_or_digit(text, is_fine):
    assert (text_problems(text) == []) is is_fine


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("", True),
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a b.org", False),
        ("https://[broken", False),
        ("https://example.org/" + "a" * 200, False),
    ],
)
def test_address_is_whole_and_of_the_web(address, is_fine):
    assert (address_problems(address) == []) is is_fine


@pytest.mark.parametrize(
    ("value", "is_required", "is_fine"),
    [("a", True, True), ("", False, True), ("", True, False), ("z", False, False)],
)
def test_choice_is_one_of_them(value, is_required, is_fine):
    assert (choice_problems(value, {"a", "b"}, is_required=is_required) == []) is is_fine
