"""Commands are registered as Discord registers them, or refused as it refuses them."""

from typing import Any

import pytest

from playground import LoopbackDiscord
from tests.playground.raw import COMMANDS, Answer, RawBot


def slash(name: str = "say", description: str = "Say it.", **fields: Any) -> dict[str, Any]:
    return {"name": name, "description": description, **fields}


def option(name: str = "what", kind: int = 3, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": "What.", **fields}


async def put(discord: LoopbackDiscord, bot: RawBot, commands: Any) -> Answer:
    return await bot.call("PUT", f"/applications/{discord.app.id}/commands", commands)


def messages(errors: dict[str, Any]) -> list[str]:
    texts = [error["message"] for error in errors.get("_errors", [])]
    return texts + [
        text for key, inner in errors.items() if key != "_errors" for text in messages(inner)
    ]


async def test_a_command_gets_an_id_and_the_defaults(bot: RawBot) -> None:
    (command,) = await bot.register([slash()])
    assert command["id"].isdigit()
    assert command["version"].isdigit()
    assert command["type"] == 1
    assert command["dm_permission"] is True
    assert command["nsfw"] is False
    assert command["contexts"] is None
    assert command["integration_types"] == [0]
    assert command["default_member_permissions"] is None


async def test_ids_stay_and_versions_change_with_what_is_described(bot: RawBot) -> None:
    first = await bot.register([slash(), slash("ask")])
    second = await bot.register([slash("ask"), slash(description="Say it louder.")])
    ids = {command["name"]: command["id"] for command in first}
    versions = {command["name"]: command["version"] for command in first}
    assert {command["name"]: command["id"] for command in second} == ids
    assert [command["version"] == versions[command["name"]] for command in second] == [True, False]


async def test_what_is_listed_later_is_what_was_registered(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    commands = await bot.register([slash(name_localizations={"de": "sag"}, options=[option()])])
    path = f"/applications/{discord.app.id}/commands"
    listed = (await bot.call("GET", path + "?with_localizations=true")).body
    assert listed == commands
    (short,) = (await bot.call("GET", path)).body
    assert "name_localizations" not in short
    assert short["id"] == commands[0]["id"]


async def test_a_command_can_be_added_changed_and_removed_alone(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    path = f"/applications/{discord.app.id}/guilds/{discord.world.academy.id}/commands"
    answer = await bot.call("POST", path, slash())
    assert (answer.status, answer.body["guild_id"]) == (201, str(discord.world.academy.id))
    assert (await bot.call("POST", path, slash(description="Again."))).status == 200
    own_path = f"{path}/{answer.body['id']}"
    assert (await bot.call("PATCH", own_path, {"name": "tell"})).body["name"] == "tell"
    assert (await bot.call("GET", own_path)).body["description"] == "Again."
    assert (await bot.call("DELETE", own_path)).status == 204
    assert (await bot.call("GET", own_path)).code == 10063
    assert (await bot.call("GET", path)).body == []


async def test_a_change_must_not_take_the_name_of_another(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    first, _second = await bot.register([slash(), slash("ask")])
    path = f"/applications/{discord.app.id}/commands/{first['id']}"
    assert (await bot.call("PATCH", path, {"name": "ask"})).code == 40041


async def test_commands_of_others_are_out_of_reach(discord: LoopbackDiscord, bot: RawBot) -> None:
    assert (await bot.call("GET", "/applications/1/commands")).code == 50001
    elsewhere = discord.world.elsewhere.id
    path = f"/applications/{discord.app.id}/guilds/{elsewhere}/commands"
    assert (await bot.call("PUT", path, [])).code == 50001


async def test_the_whole_of_what_is_allowed_is_taken(bot: RawBot) -> None:
    commands = [slash(f"c{number}") for number in range(100)]
    commands += [{"name": f"Menu {number}", "type": 3} for number in range(15)]
    assert len(await bot.register(commands)) == 115
    wide = slash(options=[option(f"o{number}") for number in range(25)])
    choices = [{"name": "x" * 100, "value": "y" * 100}] + [
        {"name": f"n{number}", "value": f"v{number}"} for number in range(24)
    ]
    many = slash("ask", "d" * 100, options=[option(choices=choices)])
    foreign = slash("日本語", options=[option("größe"), option("हिन्दी")])
    assert len(await bot.register([wide, many, foreign, *COMMANDS[1:]])) == 4


CHOICE = {"name": "One", "value": "1"}


@pytest.mark.parametrize(
    ("commands", "message"),
    [
        ([slash("Say")], "Command name is invalid"),
        ([slash("say it")], "Command name is invalid"),
        ([slash("")], "Must be between 1 and 32 in length."),
        ([slash("s" * 33)], "Must be between 1 and 32 in length."),
        ([slash(description="")], "Must be between 1 and 100 in length."),
        ([slash(description="d" * 101)], "Must be between 1 and 100 in length."),
        ([{"name": "say"}], "This field is required"),
        ([slash(), slash()], "Application command names must be unique"),
        ([slash(f"c{n}") for n in range(101)], "Maximum number of application commands"),
        ([{"name": f"M{n}", "type": 3} for n in range(16)], "Maximum number of application"),
        ([{"name": "M", "type": 3, "description": "d"}], "Context menu commands cannot"),
        ([slash(type=9)], 'Value of field "type" must be one of'),
        ([slash(options=[option(f"o{n}") for n in range(26)])], "Must be 25 or fewer in length."),
        ([slash(options=[option(), option()])], "The specified name is already used"),
        ([slash(options=[option("a"), option("b", required=True)])], "Required options must be"),
        ([slash(options=[option(choices=[CHOICE] * 26)])], "Must be 25 or fewer in length."),
        ([slash(options=[option(choices=[CHOICE] * 2)])], "The specified name is already used"),
        ([slash(options=[option(choices=[CHOICE], autocomplete=True)])], "An option with autoc"),
        ([slash(options=[option(choices=[{"name": "", "value": "1"}])])], "Must be between 1"),
        ([slash(options=[option(choices=[{"name": "n", "value": "v" * 101}])])], "Must be 100 or"),
        ([slash(options=[option(kind=4, choices=[CHOICE])])], 'Value "1" is not int.'),
        ([slash(options=[option(max_length=6001)])], "less than or equal to 6000"),
        ([slash(options=[option(), option("sub", 1)])], "mutually exclusive"),
        ([slash(options=[option("group", 2)])], "This field is required"),
        ([slash(contexts=[])], "Must be between 1 and 3 in length."),
        ([slash(contexts=[0, 0])], "The set already contains it."),
        ([slash(integration_types=[2])], "Value must be one of"),
        ([slash(name_localizations={"xx": "sag"})], "Value must be one of"),
        ([slash(name_localizations={"de": "Sag"})], "Command name is invalid"),
        ({"name": "say"}, "Only iterables may be used in a ListType."),
        (["say"], "Only dictionaries may be used in a ModelType"),
    ],
)
async def test_what_is_beyond_the_limits_is_refused(
    discord: LoopbackDiscord, bot: RawBot, commands: Any, message: str
) -> None:
    answer = await put(discord, bot, commands)
    assert (answer.status, answer.code) == (400, 50035)
    assert any(text.startswith(message) or message in text for text in messages(answer.errors))
    assert discord.members.commands(discord.world.robin, discord.world.general) == []


async def test_a_command_has_8000_characters_in_all(discord: LoopbackDiscord, bot: RawBot) -> None:
    def wide(characters: int) -> dict[str, Any]:
        choices = [{"name": f"{n:03}" + "n" * 97, "value": "v" * 100} for n in range(20)]
        options = [option("a", choices=choices), option("b", choices=choices[:19]), option("c")]
        fixed = len("say") + 100 + len("aWhat.") * 2 + len("c") + 39 * 200
        options[2]["description"] = "d" * (characters - fixed)
        return slash(description="d" * 100, options=options)

    assert (await put(discord, bot, [wide(8000)])).status == 200
    answer = await put(discord, bot, [wide(8001)])
    assert messages(answer.errors) == ["Command exceeds maximum size (8001 of 8000)"]


async def test_of_translations_the_longest_counts(discord: LoopbackDiscord, bot: RawBot) -> None:
    translated = {"de": "d" * 90, "fr": "f" * 100}
    options = [
        option(f"o{number}", 1, options=[], description_localizations=translated)
        for number in range(25)
    ]
    assert (await put(discord, bot, [slash(options=options)])).status == 200


async def test_members_are_offered_what_they_can_use(discord: LoopbackDiscord, bot: RawBot) -> None:
    world, members = discord.world, discord.members
    await bot.register(
        [
            slash("everywhere", contexts=[0, 1, 2], integration_types=[0, 1]),
            slash("guilds", contexts=[0]),
            slash("managers", default_member_permissions="32"),
            slash("grown-ups", nsfw=True, contexts=[0]),
            slash("brought", integration_types=[1], contexts=[0]),
        ]
    )

    def names(user: Any, channel: Any) -> set[str]:
        return {command["name"] for command in members.commands(user, channel)}

    assert names(world.robin, world.general) == {"everywhere", "guilds", "brought"}
    assert names(world.mika, world.after_dark) == {"everywhere", "guilds", "grown-ups"}
    assert names(world.noor, world.general) == {"everywhere", "guilds", "managers"}
    assert names(world.robin, world.lounge) == {"everywhere", "brought"}
    assert names(world.mika, world.lounge) == set()
    assert names(world.mika, world.dm(world.mika)) == {"everywhere", "managers"}
