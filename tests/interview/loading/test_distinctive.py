"""Topics are the words that stand out in an interview, or none."""

import pytest

from bot.interview.loading.distinctive import MOST_TOPICS, NamedTopics, topics_of
from bot.interview.pack.entries import MAX_TOPIC

BREAD = "The bread came out of the oven, and the bread was good. We love the oven. That was bread."
BOATS = "We rowed the boats to Port Amber. The boats were old, and Port Amber was far: a boat!"
SMALL = "And then I did what they had told me to do, and it was all that we could do about it."


def test_an_exchange_is_about_what_is_said_in_it_again_and_again() -> None:
    topics = topics_of([BREAD, f"{BOATS} A long way to Port Amber.", SMALL], [], "en")
    assert topics[0][0] == "bread"
    assert topics[1] == ["Port Amber", "boats"]
    assert topics[2] == []


def test_who_speaks_is_no_topic() -> None:
    texts = [f"{BREAD} Ada bakes. Thank you, Ada. Ada Example bakes.", BOATS]
    assert "Ada" not in topics_of(texts, ["Ada Example"], "en")[0]


def test_a_name_of_two_words_is_whole_though_one_of_them_is_small() -> None:
    text = "We sail to New Amber. In New Amber there is bread. We love The New Amber. So new! New!"
    assert topics_of([text, SMALL], [], "en")[0] == ["New Amber"]
    text = "The baker's dozen is ours. A baker's dozen it is. And the baker's dozen was sold."
    assert topics_of([text, SMALL], [], "en")[0] == ["baker's dozen"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The question is on Monday. A question on Monday. My question of Monday.", "en"),
        ("Eigentlich sind die Leute so. Die Leute eigentlich. Eigentlich, die Leute.", "de"),
        ("El tema es la gente. Un tema de la gente. La gente y el tema.", "es"),
    ],
)
def test_words_that_any_talk_has_are_no_topic(text: str, language: str) -> None:
    assert topics_of([text, ""], [], language) == [[], []]


def test_a_verb_is_hardly_a_topic() -> None:
    text = "The bread is ours. We baked the bread. I baked it. They baked. He baked bread."
    assert topics_of([text, SMALL, BOATS], [], "en")[0][0] == "bread"


def test_where_words_are_not_set_apart_only_foreign_ones_are_topics() -> None:
    text = "我们用 DeepSeek 做面包。DeepSeek 很好。面包是 DeepSeek 的。面包，面包，面包。"
    assert topics_of([text, "好的。我们走。"], [], "zh") == [["DeepSeek"], []]
    korean = "로봇은 걷는다. 로봇은 뛴다. 로봇은 난다. 로봇은 좋다."
    assert topics_of([korean], [], "ko") == [[]]


def test_topics_fit_into_buttons_and_are_few() -> None:
    words = [f"the {letter * 5}{other * 5}" for letter in "abcdefgh" for other in "ijklmnop"]
    long = "the donaudampfschifffahrtsgesellschaft " * 9
    texts = [f"{' '.join([word] * 4)} {long}" for word in words]
    topics = {topic for row in topics_of(texts, [], "en") for topic in row}
    assert 1 < len(topics) <= MOST_TOPICS
    assert all(len(topic) <= MAX_TOPIC for topic in topics)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We rowed to Port Amber with an oven.", ["Port Amber", "oven"]),
        ("The ovens of l’Auberge are cold.", ["Auberge", "oven"]),
        ("Ovenware is sold in the port.", []),
        ("我们用DeepSeek做面包。", ["DeepSeek"]),
    ],
)
def test_a_passage_names_a_topic_word_for_word(text: str, named: list[str]) -> None:
    topics = NamedTopics(["Auberge", "oven", "Port Amber", "DeepSeek", "oven"])
    assert topics.named_in(text) == named
