"""Every command with every option answers in time, truly and within Discord's limits."""

import re

import pytest

from playground import Channel, LoopbackDiscord, Outcome

pytestmark = pytest.mark.usefixtures("bot")

SOURCE = "[Entertainment Weekly](<https://www.yahoo.com/entertainment/"


async def use(
    discord: LoopbackDiscord, command: str, channel: Channel | None = None, **options: object
) -> Outcome:
    """Type a command as Robin, by default in a direct message, where nothing floods."""
    robin = discord.world.robin
    return await discord.members.use_command(
        robin, channel or discord.world.dm(robin), command, options
    )


async def test_the_commands_are_registered_with_descriptions(discord: LoopbackDiscord) -> None:
    offered = discord.members.commands(discord.world.robin, discord.world.general)
    assert {one["name"] for one in offered} == {
        *("quote", "fact", "trivia", "today", "cast", "interview", "saved", "help", "privacy"),
        "leaderboard",
        "Save quote",
        "Answer with a quote",
    }
    for command in offered:
        if command["type"] != 1:
            continue
        assert command["description"].strip(" …")
        for option in command.get("options", []):
            assert option["description"].strip(" …")
            assert not option.get("required")
            assert option["name"] != "interview", "there is only one interview to choose"


@pytest.mark.parametrize(
    ("command", "options", "expected"),
    [
        ("quote", {}, "Quote "),
        ("quote", {"speaker": "Kylie"}, "**Kylie Jefferson** (Neveah)"),
        ("quote", {"speaker": "casimere jolette"}, "**Casimere Jollette** (Bette)"),
        ("quote", {"topic": "casting"}, "Quote "),
        ("quote", {"speaker": "Jefferson", "topic": "casting"}, "**Kylie Jefferson**"),
        ("quote", {"find": "12"}, "Quote 12 · question 2 of 9"),
        ("quote", {"find": "#27"}, "Quote 27 · question 6 of 9"),
        ("quote", {"find": "dance"}, "7 quotes with dance · 1\u00a0to\u00a05"),
        ("quote", {"find": "rent life zeppelin"}, "2 quotes with life"),
        ("quote", {"find": "   "}, "Quote "),
        ("fact", {}, " about "),
        ("fact", {"person": "Bette"}, "about "),
        ("fact", {"person": "Kylie Jefferson", "topic": "casting"}, "Kylie"),
        ("trivia", {}, "Trivia · "),
        (
            "trivia",
            {"kind": "curated", "difficulty": "hard"},
            "Trivia · hard · up to 200 points · ",
        ),
        ("trivia", {"kind": "who"}, "Trivia · "),
        ("trivia", {"kind": "line"}, "Which word is missing?"),
        ("trivia", {"kind": "compare"}, "Casimere and Kylie on "),
        ("trivia", {"kind": "question"}, "Which question does this answer?"),
        ("trivia", {"kind": "true-or-false"}, "True or false?"),
        ("trivia", {"difficulty": "easy"}, "Trivia · easy"),
        ("cast", {}, "**Anna Maiche** as Cassie"),
        ("cast", {"person": "neveah"}, "### Kylie Jefferson\nas **Neveah** · "),
        ("cast", {"person": "casi"}, "Casimere Jollette"),
        ("interview", {}, "by Ruth Kinane"),
        ("interview", {"question": 0}, "introduction"),
        ("interview", {"question": 4}, "question 4 of 9"),
        ("interview", {"question": 8}, "Spoiler: "),
        ("help", {}, "</quote:"),
    ],
)
async def test_a_command_answers(
    discord: LoopbackDiscord, command: str, options: dict[str, object], expected: str
) -> None:
    outcome = await use(discord, command, **options)
    assert outcome.status == "answered"
    assert outcome.refused == []
    assert expected in outcome.text


@pytest.mark.parametrize("command", ["quote", "fact"])
async def test_an_answer_says_where_it_comes_from(discord: LoopbackDiscord, command: str) -> None:
    outcome = await use(discord, command)
    assert SOURCE in outcome.text
    assert re.search(r"question \d of 9|introduction", outcome.text)


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("quote", {"speaker": "nobody"}, "Nobody called 'nobody' speaks here. Try Kylie"),
        ("quote", {"topic": "submarines"}, "There's no topic called 'submarines'"),
        ("quote", {"find": "9999"}, "I have no quote 9999 to show here"),
        ("quote", {"find": "zeppelin"}, "No quote has 'zeppelin'"),
        ("quote", {"find": "99999999999999999999"}, "No quote has"),
        ("fact", {"person": "Natalie Portman"}, "Nobody here is called"),
        ("fact", {"person": "cas"}, "'cas' could mean more than one. Try Casimere Jollette, Anna"),
        ("fact", {"person": "Anna Maiche", "topic": "schedule"}, "I have no fact like that"),
        (
            "trivia",
            {"kind": "line", "difficulty": "easy"},
            "This interview has no questions like that",
        ),
        ("cast", {"person": "\u0000\u202e"}, "Nobody here is called"),
        ("interview", {"question": 77}, "There's no question 77"),
        ("interview", {"question": 9007199254740991}, "There's no question"),
    ],
)
async def test_what_cannot_be_had_is_a_private_sentence(
    discord: LoopbackDiscord, command: str, options: dict[str, object], sentence: str
) -> None:
    outcome = await use(discord, command, discord.world.backstage, **options)
    assert outcome.status == "answered"
    assert outcome.is_ephemeral
    assert outcome.text.startswith(sentence)
    assert outcome.text.count(". ") >= 1, "the sentence has a remedy"


@pytest.mark.parametrize(
    ("command", "option", "typed", "expected"),
    [
        ("quote", "find", "", " · Casimere Jollette · #1"),
        ("quote", "find", "12", " · Kylie Jefferson · #12"),
        ("quote", "find", "studio", "studio"),
        ("quote", "speaker", "", "Kylie Jefferson"),
        ("quote", "speaker", "jol", "Casimere Jollette"),
        ("quote", "topic", "chic", "Chicago"),
        ("fact", "person", "anna", "Anna Maiche"),
        ("fact", "topic", "", "casting"),
        ("cast", "person", "", "Anna Maiche"),
        ("cast", "person", "bet", "Casimere Jollette"),
        ("interview", "question", "", "0 · Welcome to the academy"),
        ("interview", "question", "rival", "6 · Rivals at ballet school"),
    ],
)
async def test_options_are_completed(
    discord: LoopbackDiscord, command: str, option: str, typed: str, expected: str
) -> None:
    robin, general = discord.world.robin, discord.world.general
    outcome = await discord.members.autocomplete(robin, general, command, option, typed)
    assert outcome.status == "choices"
    assert any(expected in choice["name"] for choice in outcome.choices)


async def test_a_direct_message_is_answered(discord: LoopbackDiscord) -> None:
    assert not (await use(discord, "quote")).is_ephemeral


async def test_where_the_bot_is_a_guest_answers_are_private_and_strictest(
    discord: LoopbackDiscord,
) -> None:
    lounge = discord.world.lounge
    assert (await use(discord, "quote", lounge)).is_ephemeral
    veiled = await use(discord, "quote", lounge, find="29")
    assert veiled.text.startswith("Spoiler: "), "a mild spoiler"
    refused = await use(discord, "quote", lounge, find="31")
    assert "I have no quote " in refused.text, "a major one"


async def test_from_the_sixth_public_answer_a_minute_on_answers_are_private(
    discord: LoopbackDiscord,
) -> None:
    general, robin = discord.world.general, discord.world.robin
    private = [
        (await discord.members.use_command(robin, general, "quote")).is_ephemeral for _n in range(7)
    ]
    assert private[-2:] == [True, True]
    assert private == sorted(private), "once private, private until a minute has passed"
    assert private.count(False) <= 5
