"""A pack's own words come in the reader's language; what was said stays as it was said."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.interview.pack.pack import Pack, read_pack
from bot.ui.markdown import plain
from playground import LoopbackDiscord, Message, Outcome, User
from tests.end_to_end.conftest import started
from tests.end_to_end.stage import ROOT, BotProcess

LIGHTHOUSE = Path(__file__).parent / "interviews" / "lighthouse"
TINY = "Tiny Pretty Things"
QUARTET = "The Lighthouse Quartet"


@pytest.fixture(scope="module")
def pack() -> Pack:
    found = read_pack(ROOT / "data" / "tiny-pretty-things")
    assert found is not None
    return found


@pytest.fixture(scope="module")
async def stage(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LoopbackDiscord]:
    packs = tmp_path_factory.mktemp("packs") / "data"
    shutil.copytree(ROOT / "data", packs)
    shutil.copytree(LIGHTHOUSE, packs / "lighthouse")
    bot = BotProcess(discord, packs.parent / "var", packs_dir=packs)
    discord.world.noor.locale = "fr"
    async with started(bot):
        yield discord


def texts(pack: Pack, kind: str, field: str, language: str) -> dict[str, str]:
    """Give a field of all entries of a kind by number, in English or another language."""
    entries = {place: one.fields for place, one in pack.originals.items()}
    for translation in pack.translations:
        if translation.language == language:
            entries |= translation.entries
    return {
        key: str(fields[field])
        for (of, key), fields in entries.items()
        if of == kind and field in fields
    }


async def own(stage: LoopbackDiscord, user: User, command: str, **options: object) -> Message:
    """Have a member use a command where only they read the answer."""
    options = {"interview": TINY, **options}
    outcome = await stage.members.use_command(user, stage.world.dm(user), command, options)
    assert outcome.message is not None, outcome.status
    return outcome.message


async def public(stage: LoopbackDiscord, user: User, command: str, **options: object) -> Message:
    options = {"interview": TINY, **options}
    outcome = await stage.members.use_command(user, stage.world.general, command, options)
    assert outcome.message is not None, outcome.status
    assert not outcome.is_ephemeral
    return outcome.message


async def press(stage: LoopbackDiscord, user: User, message: Message, what: str) -> Outcome:
    return await stage.members.press(user, message, what)


def choices(message: Message) -> list[str]:
    return [label.partition("  ")[2] for label in message.labels if label[1:3] == "  "]


async def test_each_member_reads_facts_in_their_language(
    stage: LoopbackDiscord, pack: Pack
) -> None:
    for user, language in ((stage.world.noor, "fr"), (stage.world.robin, "en")):
        known = set(map(plain, texts(pack, "fact", "text", language).values()))
        shown = await own(stage, user, "fact", topic="dance")
        for _n in range(5):
            assert shown.text.split("\n")[0] in known
            await press(stage, user, shown, "fact:another:tiny-pretty-things::dance")


async def test_a_member_reads_the_interview_and_its_people_in_their_language(
    stage: LoopbackDiscord,
) -> None:
    noor, robin = stage.world.noor, stage.world.robin
    page = await own(stage, noor, "interview", question=1)
    assert re.match(r"### .*Décrocher le rôle.*\nComment chacune", page.text)
    assert "'Oh my God, I need to audition.'" in page.text, "a quote is never translated"
    page = await own(stage, robin, "interview", question=1)
    assert page.text.startswith("### Both on \u201cLanding the part\u201d\n")
    first = await own(stage, noor, "interview")
    assert "Ruth Kinane ouvre" in first.text
    assert "emploi du temps" in first.text
    assert "danseuse, ici la nouvelle de l’académie" in (await own(stage, noor, "cast")).text
    person = await own(stage, noor, "cast", person="casimere")
    assert "- Pour le premier rôle, Bette, le personnage de Casimere, serait prête" in person.text
    for user, ours in ((noor, "rédigés par nos soins"), (robin, "are our own words")):
        helped = await stage.members.use_command(user, stage.world.dm(user), "help")
        assert ours in helped.text


async def test_one_public_quote_has_its_context_in_each_members_language(
    stage: LoopbackDiscord,
) -> None:
    world = stage.world
    shown = await public(stage, world.mika, "quote", find="10")
    assert "I don't think people truly realize" in shown.text
    french = await press(stage, world.noor, shown, "quote:context:tiny-pretty-things:10")
    english = await press(stage, world.robin, shown, "quote:context:tiny-pretty-things:10")
    assert "Des danseurs, des vrais" in french.text
    assert "\u201cReal dancers\u201d\n" in english.text
    for told in (french, english):
        assert "**I don't think people truly realize" in told.text


async def test_a_topic_is_offered_and_understood_in_the_members_language(
    stage: LoopbackDiscord, pack: Pack
) -> None:
    world, members = stage.world, stage.members
    for user, typed, name in ((world.noor, "amit", "amitié"), (world.robin, "frie", "friendship")):
        offered = await members.autocomplete(
            user, world.general, "quote", "topic", typed, {"interview": TINY}
        )
        assert offered.choices == [{"name": name, "value": "friendship"}]
        for topic in (name, "friendship"):
            shown = await own(stage, user, "quote", topic=topic)
            assert "quote:another:tiny-pretty-things::friendship" in shown.custom_ids
    outcome = await members.use_command(
        world.noor, world.dm(world.noor), "quote", {"interview": TINY, "topic": "zzz"}
    )
    assert outcome.message is not None
    offered_topics = [one.rpartition(":")[2] for one in outcome.message.custom_ids]
    names = next(one.topics for one in pack.translations if one.language == "fr")
    assert outcome.message.labels == [names[topic] for topic in offered_topics]


async def test_a_question_and_its_verdict_are_in_one_language(
    stage: LoopbackDiscord, pack: Pack
) -> None:
    noor = stage.world.noor
    answers = texts(pack, "question", "right", "fr")
    told = texts(pack, "question", "explanation", "fr")
    for ask, language in ((own, "fr"), (public, "en")):
        asked = texts(pack, "question", "prompt", language)
        shown = await ask(stage, noor, "trivia", kind="curated")
        prompt = shown.text.split("### ")[1].split("\n")[0]
        number = next(key for key, text in asked.items() if plain(text) == prompt)
        offered = choices(shown)
        if language == "fr":
            assert answers[number] in offered
        verdict = await press(stage, noor, shown, shown.custom_ids[0])
        expected = texts(pack, "question", "explanation", language)[number]
        assert plain(expected) in verdict.text
        assert (told[number] == expected) == (language == "fr")


async def test_questions_made_of_facts_are_in_the_members_language(
    stage: LoopbackDiscord, pack: Pack
) -> None:
    world = stage.world
    for user, language in ((world.noor, "fr"), (world.robin, "en")):
        asked = await own(stage, user, "trivia", kind="true-or-false")
        said = {
            plain(text)
            for field in ("text", "false_version")
            for text in texts(pack, "fact", field, language).values()
        }
        assert asked.text.split("> ")[1].split("\n")[0] in said
        for _n in range(40):
            asked = await own(stage, user, "trivia", kind="who")
            if "> " not in asked.text:
                break
        prompts = set(map(plain, texts(pack, "fact", "who", language).values()))
        assert asked.text.split("### ")[1].split("\n")[0] in prompts
        asked = await own(stage, user, "trivia", kind="question")
        titles = set(texts(pack, "exchange", "title", language).values())
        assert set(choices(asked)) <= titles


async def test_the_question_of_the_day_has_its_choices_in_the_same_places(
    stage: LoopbackDiscord, pack: Pack
) -> None:
    world = stage.world
    english, french = [await own(stage, user, "today") for user in (world.robin, world.noor)]
    numbers = {
        language: next(
            key
            for key, text in texts(pack, "question", "prompt", language).items()
            if f"### {plain(text)}\n" in f"{shown.text}\n"
        )
        for language, shown in (("en", english), ("fr", french))
    }
    assert numbers["en"] == numbers["fr"]
    key = numbers["en"]
    rights = [texts(pack, "question", "right", language)[key] for language in ("en", "fr")]
    place = choices(english).index(rights[0])
    assert choices(french).index(rights[1]) == place
    answers = [
        [one for one in shown.custom_ids if one.startswith("today:")] for shown in (english, french)
    ]
    assert answers[0] == answers[1], "one question for everyone"
    verdict = await press(stage, world.noor, french, answers[1][place])
    assert plain(texts(pack, "question", "explanation", "fr")[key]) in verdict.text
    assert rights[1] in verdict.text
    shared = await public(stage, world.mika, "today")
    again = await press(stage, world.noor, shared, answers[0][place])
    assert plain(texts(pack, "question", "explanation", "en")[key]) in again.text


async def test_a_french_server_reads_french_in_public(stage: LoopbackDiscord, pack: Pack) -> None:
    stage.world.academy.locale = "fr"
    try:
        shown = await public(stage, stage.world.robin, "fact", topic="dance")
        assert shown.text.split("\n")[0] in set(
            map(plain, texts(pack, "fact", "text", "fr").values())
        )
    finally:
        stage.world.academy.locale = "en-US"


@pytest.mark.parametrize(
    ("locale", "language", "dance"),
    [("es-ES", "es", "danza"), ("es-419", "es", "danza"), ("pt-BR", "pt-BR", "dança")],
)
async def test_spain_and_latin_america_read_one_spanish_and_brazil_its_portuguese(
    stage: LoopbackDiscord, pack: Pack, locale: str, language: str, dance: str
) -> None:
    robin = stage.world.robin
    before, robin.locale = robin.locale, locale
    try:
        known = set(map(plain, texts(pack, "fact", "text", language).values()))
        for topic in (dance, "dance"):
            shown = await own(stage, robin, "fact", topic=topic)
            assert shown.text.split("\n")[0] in known
    finally:
        robin.locale = before


async def test_what_is_not_translated_stays_as_it_is_a_whole_entry_at_a_time(
    stage: LoopbackDiscord,
) -> None:
    noor = stage.world.noor
    facts = {
        (await own(stage, noor, "fact", interview=QUARTET)).text.split("\n")[0] for _n in range(3)
    }
    assert facts == {
        "Zoë played for gulls.",
        plain("Le violoncelle (التشيلو) de Nour a pris l’eau dans la tempête."),
        "Both played the last concert. 🎉",
    }
    page = await own(stage, noor, "interview", interview=QUARTET, question=2)
    assert re.match(r"### .*La 🌊 qui est entrée.*\nCe que la tempête", page.text)
    page = await own(stage, noor, "interview", interview=QUARTET, question=1)
    assert re.match(r"### .*¿Por qué aquí\?.*\nWhy they chose", page.text)
    assert "gardien de la lampe" in (await own(stage, noor, "cast", interview=QUARTET)).text
    asked = await own(stage, noor, "trivia", interview=QUARTET, kind="true-or-false")
    versions = (
        plain("Le violoncelle (التشيلو) de Nour a pris l’eau dans la tempête."),
        "Le violoncelle de Nour est resté au sec dans la tempête.",
    )
    assert asked.text.split("> ")[1].split("\n")[0] in versions
