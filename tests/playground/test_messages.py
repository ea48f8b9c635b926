"""Messages that the bot writes of its own accord, and what the REST API says around them."""

from io import BytesIO
from typing import Any

import aiohttp
import pytest

from playground import LoopbackDiscord, ManualClock
from playground.permissions import Permission
from tests.playground.raw import Answer, RawBot

LAYOUT = 1 << 15
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10"


async def send(discord: LoopbackDiscord, bot: RawBot, body: Any, **options: Any) -> Answer:
    channel = options.pop("channel", discord.world.general)
    return await bot.call("POST", f"/channels/{channel.id}/messages", body, **options)


def path_of(discord: LoopbackDiscord, message_id: str) -> str:
    return f"/channels/{discord.world.general.id}/messages/{message_id}"


async def test_a_message_can_be_read_edited_and_deleted(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    answer = await send(discord, bot, {"content": "hello"})
    assert (answer.status, answer.body["author"]["bot"]) == (200, True)
    path = path_of(discord, answer.body["id"])
    assert (await bot.call("GET", path)).body == answer.body
    edited = await bot.call("PATCH", path, {"content": "changed"})
    assert edited.body["content"] == "changed"
    assert edited.body["edited_timestamp"] is not None
    listed = await bot.call("GET", f"/channels/{discord.world.general.id}/messages?limit=1")
    assert [message["content"] for message in listed.body] == ["changed"]
    assert (await bot.call("DELETE", path)).status == 204
    assert (await bot.call("GET", path)).code == 10008


@pytest.mark.parametrize("body", [{}, {"content": ""}, {"content": None, "embeds": []}])
async def test_an_empty_message_is_refused(
    discord: LoopbackDiscord, bot: RawBot, body: Any
) -> None:
    assert (await send(discord, bot, body)).code == 50006


async def test_a_message_must_not_be_emptied(discord: LoopbackDiscord, bot: RawBot) -> None:
    answer = await send(discord, bot, {"content": "hello"})
    assert (
        await bot.call("PATCH", path_of(discord, answer.body["id"]), {"content": ""})
    ).code == 50006


async def test_a_body_has_to_be_an_object(discord: LoopbackDiscord, bot: RawBot) -> None:
    assert (await send(discord, bot, ["hello"])).code == 50109
    assert (await send(discord, bot, None, data="{")).code == 50109


async def test_a_hidden_channel_is_out_of_reach(discord: LoopbackDiscord, bot: RawBot) -> None:
    world = discord.world
    assert (await send(discord, bot, {"content": "x"}, channel=world.backstage)).code == 50001
    assert (await send(discord, bot, {"content": "x"}, channel=world.lounge)).code == 50001
    assert (await bot.call("POST", "/channels/1/messages", {"content": "x"})).code == 10003


async def test_without_the_permission_nothing_is_sent(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    guild = discord.world.academy
    for role in (guild.everyone, guild.bot_role):
        role.permissions &= ~Permission.SEND_MESSAGES
    refusal = await send(discord, bot, {"content": "x"})
    assert (refusal.status, refusal.code) == (403, 50013)


async def test_messages_of_others_stay_as_they_are(discord: LoopbackDiscord, bot: RawBot) -> None:
    posted = discord.members.post(discord.world.mika, discord.world.general, "mine")
    path = path_of(discord, str(posted.id))
    assert (await bot.call("PATCH", path, {"content": "yours"})).code == 50005
    assert (await bot.call("DELETE", path)).code == 50013
    assert posted.text == "mine"


async def test_a_nonce_stands_for_one_message_for_minutes(
    discord: LoopbackDiscord, bot: RawBot, clock: ManualClock
) -> None:
    body = {"content": "daily", "nonce": "row-7", "enforce_nonce": True}
    first, second = await send(discord, bot, body), await send(discord, bot, body)
    assert first.body["id"] == second.body["id"]
    assert first.body["nonce"] == "row-7"
    clock.advance(600)
    assert (await send(discord, bot, body)).body["id"] != first.body["id"]


async def test_components_v2_stay_for_good(discord: LoopbackDiscord, bot: RawBot) -> None:
    text = [{"type": 10, "content": "one"}]
    answer = await send(discord, bot, {"flags": LAYOUT, "components": text})
    path = path_of(discord, answer.body["id"])
    edited = await bot.call("PATCH", path, {"flags": 0, "components": text})
    assert edited.body["flags"] & LAYOUT
    refusal = await bot.call("PATCH", path, {"content": "plain"})
    assert refusal.errors["content"]["_errors"][0]["message"].startswith("The 'content' field")


async def test_a_plain_message_becomes_a_layout_only_when_emptied(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    answer = await send(discord, bot, {"content": "plain"})
    path = path_of(discord, answer.body["id"])
    body: dict[str, Any] = {"flags": LAYOUT, "components": [{"type": 10, "content": "one"}]}
    assert "content" in (await bot.call("PATCH", path, body)).errors
    edited = await bot.call("PATCH", path, body | {"content": None})
    assert (edited.status, edited.body["content"]) == (200, "")


async def test_components_are_numbered(discord: LoopbackDiscord, bot: RawBot) -> None:
    texts = [{"type": 10, "content": "a"}, {"type": 10, "content": "b", "id": 1}]
    container = {"type": 17, "components": texts}
    answer = await send(discord, bot, {"flags": LAYOUT, "components": [container]})
    (component,) = answer.body["components"]
    assert [component["id"], *(inner["id"] for inner in component["components"])] == [2, 3, 1]


@pytest.mark.parametrize(
    ("allowed", "pinged"),
    [
        (None, ["mika"]),
        ({"parse": []}, []),
        ({"parse": ["users"]}, ["mika"]),
        ({"users": ["1"]}, []),
    ],
)
async def test_only_who_may_be_is_mentioned(
    discord: LoopbackDiscord, bot: RawBot, allowed: Any, pinged: list[str]
) -> None:
    body = {"content": f"{discord.world.mika.mention} @everyone", "allowed_mentions": allowed}
    answer = await send(discord, bot, body)
    assert [user["username"] for user in answer.body["mentions"]] == pinged
    assert answer.body["mention_everyone"] is (allowed is None)


def upload(payload: str, *files: tuple[str, bytes]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", payload)
    for number, (name, data) in enumerate(files):
        form.add_field(f"files[{number}]", BytesIO(data), filename=name, content_type="image/png")
    return form


async def test_an_uploaded_picture_is_served_and_shown(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    payload = (
        '{"flags": 32768, "attachments": [{"id": 0, "description": "alt"}], "components": '
        '[{"type": 12, "items": [{"media": {"url": "attachment://card.png"}}]}, '
        '{"type": 13, "file": {"url": "attachment://card.png"}}]}'
    )
    answer = await send(discord, bot, None, data=upload(payload, ("card.png", PNG)))
    assert answer.status == 200, answer.body
    (attachment,) = answer.body["attachments"]
    assert (attachment["width"], attachment["height"]) == (32, 16)
    gallery, file = answer.body["components"]
    assert gallery["items"][0]["media"]["url"] == attachment["url"]
    assert (file["name"], file["size"]) == ("card.png", len(PNG))
    async with bot.session.get(attachment["url"]) as served:
        assert (await served.read(), served.content_type) == (PNG, "image/png")
    request = discord.record.find("POST /channels/*/messages")[-1]
    assert (request.files, request.body["flags"]) == (["card.png"], LAYOUT)


async def test_attachments_not_named_in_an_edit_are_removed(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    files = upload('{"content": "two"}', ("a.png", PNG), ("b.png", PNG))
    answer = await send(discord, bot, None, data=files)
    attachment_id = answer.body["attachments"][1]["id"]
    path = path_of(discord, answer.body["id"])
    assert len((await bot.call("PATCH", path, {"content": "same"})).body["attachments"]) == 2
    edited = await bot.call("PATCH", path, {"attachments": [{"id": attachment_id}]})
    assert [file["filename"] for file in edited.body["attachments"]] == ["b.png"]


async def test_too_many_and_too_large_files_are_refused(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    eleven = upload("{}", *[("a.png", PNG)] * 11)
    assert "attachments" in (await send(discord, bot, None, data=eleven)).errors
    large = upload("{}", ("a.png", b"x" * ((10 << 20) + 1)))
    assert "files" in (await send(discord, bot, None, data=large)).errors


async def test_what_is_not_on_the_cdn_is_not_found(discord: LoopbackDiscord, bot: RawBot) -> None:
    async with bot.session.get(f"{discord.url}/cdn/attachments/1/2/a.png") as served:
        assert served.status == 404
    async with bot.session.get(f"{discord.url}/cdn/embed/avatars/0.png") as served:
        assert (served.status, served.content_type) == (200, "image/png")


async def test_typing_is_an_event(discord: LoopbackDiscord, bot: RawBot) -> None:
    with discord.members.watch() as watch:
        path = f"/channels/{discord.world.general.id}/typing"
        assert (await bot.call("POST", path)).status == 204
        event = await watch.next_of("typing")
    assert event["channel_id"] == str(discord.world.general.id)


async def test_a_direct_message_is_opened_by_its_recipient(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    robin = discord.world.robin
    answer = await bot.call("POST", "/users/@me/channels", {"recipient_id": str(robin.id)})
    assert answer.body["id"] == str(discord.world.dm(robin).id)
    await bot.call("POST", f"/channels/{answer.body['id']}/messages", {"content": "psst"})
    texts = [message.text for message in discord.members.history(robin, discord.world.dm(robin))]
    assert texts == ["psst"]
    assert (await bot.call("POST", "/users/@me/channels", {"recipient_id": "1"})).code == 10013


async def test_members_can_be_read(discord: LoopbackDiscord, bot: RawBot) -> None:
    world = discord.world
    path = f"/guilds/{world.academy.id}/members"
    assert (await bot.call("GET", f"{path}/{world.noor.id}")).body["user"]["username"] == "noor"
    assert (await bot.call("GET", f"{path}/1")).code == 10007
    matches = (await bot.call("GET", f"{path}/search?query=ro&limit=5")).body
    assert [member["user"]["username"] for member in matches] == ["robin"]
    assert (await bot.call("GET", f"/guilds/{world.elsewhere.id}")).code == 50001
    assert (await bot.call("GET", "/guilds/1")).code == 10004


async def test_a_wrong_token_is_unauthorized(discord: LoopbackDiscord, bot: RawBot) -> None:
    bot.token = "wrong"
    answer = await bot.call("GET", "/users/@me")
    assert (answer.status, answer.body) == (401, {"message": "401: Unauthorized", "code": 0})
    assert len(discord.record.find("GET /users/@me", status=401)) == 1


async def test_the_bot_learns_who_it_is(discord: LoopbackDiscord, bot: RawBot) -> None:
    assert (await bot.call("GET", "/users/@me")).body["id"] == str(discord.app.id)
    for path in ("/applications/@me", "/oauth2/applications/@me"):
        assert (await bot.call("GET", path)).body["id"] == str(discord.app.id)


async def test_an_unknown_route_is_recorded(discord: LoopbackDiscord, bot: RawBot) -> None:
    answer = await bot.call("GET", "/voice/regions")
    assert (answer.status, answer.body["message"]) == (404, "404: Not Found")
    assert [request.path for request in discord.record.unknown] == ["/voice/regions"]
    assert len(discord.record) == 0


async def test_answers_carry_the_headers_of_a_rate_limit(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    first = await send(discord, bot, {"content": "one"})
    second = await send(discord, bot, {"content": "two"})
    third = await bot.call("GET", "/users/@me")
    for name in ("Limit", "Remaining", "Reset", "Reset-After", "Bucket"):
        assert f"X-RateLimit-{name}" in first.headers
    buckets = [answer.headers["X-RateLimit-Bucket"] for answer in (first, second, third)]
    assert buckets[0] == buckets[1] != buckets[2]


async def test_refusals_are_recorded_as_sentences(discord: LoopbackDiscord, bot: RawBot) -> None:
    await send(discord, bot, {"content": "x" * 2001})
    (request,) = discord.record.refused()
    assert request.refusals == ["content: Must be 2000 or fewer in length."]
    assert request.route == "/channels/{channel_id}/messages"
