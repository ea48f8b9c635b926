"""Interactions are answered once, in time, and through their token for fifteen minutes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from playground import Channel, LoopbackDiscord, ManualClock, Outcome, User
from tests.playground.raw import Gateway, RawBot

EPHEMERAL, LAYOUT = 64, 1 << 15
MODAL = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {
            "type": 18,
            "label": "Name",
            "component": {"type": 4, "custom_id": "name", "style": 1},
        }
    ],
}
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}


@dataclass
class Begun:
    """An interaction as the bot got it, and what the member sees in the end."""

    got: dict[str, Any]
    _outcome: "asyncio.Task[Outcome]"

    async def outcome(self) -> Outcome:
        return await self._outcome


@dataclass
class Stage:
    discord: LoopbackDiscord
    bot: RawBot
    gateway: Gateway

    @asynccontextmanager
    async def begin(self, doing: Awaitable[Outcome]) -> AsyncIterator[Begun]:
        outcome = asyncio.ensure_future(doing)
        yield Begun(await self.gateway.event("INTERACTION_CREATE"), outcome)
        await outcome

    def say(self, user: User | None = None, channel: Channel | None = None) -> Any:
        world = self.discord.world
        user, channel = user or world.robin, channel or world.general
        return self.begin(self.discord.members.use_command(user, channel, "say"))

    async def said(self, data: dict[str, Any], **where: Any) -> tuple[dict[str, Any], Outcome]:
        async with self.say(**where) as begun:
            answer = await self.bot.answer(begun.got, 4, data)
            assert answer.status == 204, answer.body
        return begun.got, await begun.outcome()


@pytest.fixture
async def stage(discord: LoopbackDiscord, bot: RawBot, gateway: Gateway) -> Stage:
    return Stage(discord, bot, gateway)


async def test_an_interaction_says_who_where_and_by_whom_the_app_was_brought(stage: Stage) -> None:
    world = stage.discord.world
    world.mika.locale = "de"
    async with stage.say(world.mika, world.after_dark) as begun:
        got = begun.got
        await stage.bot.answer(got, 4, {"content": "x"})
    assert got["member"]["user"]["username"] == "mika"
    assert (got["locale"], got["guild_locale"], got["context"]) == ("de", "en-US", 0)
    assert got["channel"]["nsfw"] is True
    assert got["authorizing_integration_owners"] == {"0": str(world.academy.id)}
    assert (got["type"], got["data"]["name"], got["version"]) == (2, "say", 1)


async def test_a_guest_is_brought_by_its_user_alone(stage: Stage) -> None:
    world = stage.discord.world
    async with stage.say(world.robin, world.lounge) as begun:
        got = begun.got
        await stage.bot.answer(got, 4, {"content": "x"})
    assert got["authorizing_integration_owners"] == {"1": str(world.robin.id)}
    assert (got["context"], got["guild_id"]) == (0, str(world.elsewhere.id))


async def test_direct_messages_have_a_user_and_no_member(stage: Stage) -> None:
    noor = stage.discord.world.noor
    async with stage.say(noor, stage.discord.world.dm(noor)) as begun:
        got = begun.got
        await stage.bot.answer(got, 4, {"content": "x"})
    assert got["user"]["id"] == str(noor.id)
    assert got["authorizing_integration_owners"] == {"0": "0"}
    assert (got["context"], "member" in got, "guild_id" in got) == (1, False, False)


async def test_an_answer_is_measured_and_shown(stage: Stage) -> None:
    got, outcome = await stage.said({"content": "hello", "flags": EPHEMERAL})
    assert (outcome.status, outcome.text, outcome.is_ephemeral) == ("answered", "hello", True)
    assert outcome.ms is not None
    assert 0 < outcome.ms < 500
    assert outcome.message is not None
    metadata = outcome.message.payload["interaction_metadata"]
    assert (metadata["id"], metadata["type"], metadata["name"]) == (got["id"], 2, "say")


async def test_the_answer_comes_back_only_where_it_is_asked_for(stage: Stage) -> None:
    async with stage.say() as begun:
        path = f"/interactions/{begun.got['id']}/{begun.got['token']}/callback?with_response=true"
        body = {"type": 4, "data": {"content": "hello"}}
        answer = await stage.bot.call("POST", path, body)
    assert answer.status == 200
    assert answer.body["resource"]["message"]["content"] == "hello"
    message_id = answer.body["resource"]["message"]["id"]
    assert answer.body["interaction"]["response_message_id"] == message_id


async def test_a_second_first_answer_is_refused(stage: Stage) -> None:
    got, outcome = await stage.said({"content": "hello"})
    answer = await stage.bot.answer(got, 4, {"content": "again"})
    assert (answer.status, answer.code) == (400, 40060)
    assert [one["code"] for one in outcome.refused] == [40060]
    assert outcome.text == "hello"


async def test_three_seconds_are_three_seconds(stage: Stage, clock: ManualClock) -> None:
    async with stage.say() as begun:
        clock.advance(0.6)
        answer = await stage.bot.answer(begun.got, 4, {"content": "late"})
        assert (answer.status, answer.code) == (404, 10062)
    assert (await begun.outcome()).status == "failed"


async def test_nothing_in_time_is_a_failure_that_stays(stage: Stage) -> None:
    with stage.discord.members.watch() as watch:
        async with stage.say() as begun:
            outcome = await begun.outcome()
        failed = await watch.next_of("interaction_failed")
    assert (outcome.status, outcome.message) == ("failed", None)
    assert failed["interaction_id"] == begun.got["id"]
    assert (await stage.bot.answer(begun.got, 4, {"content": "late"})).code == 10062
    late = await stage.bot.call("POST", stage.bot.webhook(begun.got), {"content": "late"})
    assert (late.status, late.code) == (401, 50027)


async def test_an_interaction_that_never_was_is_unknown(stage: Stage) -> None:
    assert (await stage.bot.answer({"id": "1", "token": "x"}, 4, {"content": "x"})).code == 10062
    path = f"/webhooks/{stage.discord.app.id}/x"
    assert (await stage.bot.call("POST", path, {"content": "x"})).code == 50027


async def test_a_token_lasts_fifteen_minutes(stage: Stage, clock: ManualClock) -> None:
    got, outcome = await stage.said({"content": "hello"})
    original = stage.bot.webhook(got, "/messages/@original")
    clock.advance(14 * 60)
    assert (await stage.bot.call("PATCH", original, {"content": "later"})).status == 200
    assert outcome.text == "later"
    clock.advance(61)
    for method, path in (("PATCH", original), ("POST", stage.bot.webhook(got))):
        answer = await stage.bot.call(method, path, {"content": "too late"})
        assert (answer.status, answer.code) == (401, 50027)


async def test_tokens_can_be_expired_on_demand(stage: Stage) -> None:
    got, _outcome = await stage.said({"content": "hello"})
    stage.discord.faults.expire_tokens()
    assert (
        await stage.bot.call("GET", stage.bot.webhook(got, "/messages/@original"))
    ).code == 50027


async def test_nothing_follows_before_the_first_answer(stage: Stage) -> None:
    async with stage.say() as begun:
        follow_up = await stage.bot.call("POST", stage.bot.webhook(begun.got), {"content": "x"})
        assert (follow_up.status, follow_up.code) == (404, 10015)
        await stage.bot.answer(begun.got, 4, {"content": "x"})


async def test_follow_ups_come_in_order_and_can_be_edited_and_deleted(stage: Stage) -> None:
    got, outcome = await stage.said({"content": "hello"})
    for text in ("one", "two"):
        body = {"content": text, "flags": EPHEMERAL}
        await stage.bot.call("POST", stage.bot.webhook(got, "?wait=true"), body)
    first, second = await outcome.follow_up(), await outcome.follow_up()
    assert (first.text, second.text, first.is_ephemeral) == ("one", "two", True)
    path = stage.bot.webhook(got, f"/messages/{first.id}")
    assert (await stage.bot.call("PATCH", path, {"content": "changed"})).status == 200
    assert first.text == "changed"
    assert (await stage.bot.call("DELETE", path)).status == 204
    assert (await stage.bot.call("GET", path)).code == 10008
    assert first not in stage.discord.members.history(stage.discord.world.robin, first.channel)
    with pytest.raises(TimeoutError):
        await outcome.follow_up(0.01)


async def test_a_guest_may_follow_up_five_times(stage: Stage) -> None:
    world = stage.discord.world
    got, _ = await stage.said({"content": "hello"}, user=world.robin, channel=world.lounge)
    sent = [
        await stage.bot.call("POST", stage.bot.webhook(got), {"content": f"{number}"})
        for number in range(6)
    ]
    assert [one.status for one in sent] == [204] * 5 + [400]
    assert sent[-1].code == 40094


async def test_thinking_ends_with_an_edit_or_with_the_first_follow_up(stage: Stage) -> None:
    for method, rest in (("PATCH", "/messages/@original"), ("POST", "")):
        async with stage.say() as begun:
            await stage.bot.answer(begun.got, 5, {"flags": EPHEMERAL})
            outcome = await begun.outcome()
            assert (outcome.status, outcome.is_ephemeral) == ("thinking", True)
            with pytest.raises(TimeoutError):
                await outcome.settled(0.01)
            path = stage.bot.webhook(begun.got, rest)
            layout = [{"type": 10, "content": "done"}]
            sent = await stage.bot.call(method, path, {"flags": LAYOUT, "components": layout})
            assert sent.status == 200, sent.body
        message = await outcome.settled(1)
        assert (message.text, message.is_ephemeral, message.is_thinking) == ("done", True, False)
        assert message is outcome.message
        assert outcome.follow_ups == []


@pytest.mark.parametrize("flags", [LAYOUT, EPHEMERAL | LAYOUT, 4096])
async def test_only_privacy_is_settled_when_deferring(stage: Stage, flags: int) -> None:
    async with stage.say() as begun:
        assert (await stage.bot.answer(begun.got, 5, {"flags": flags})).code == 50035
        assert (await stage.bot.answer(begun.got, 5)).status == 204


async def test_autocomplete_takes_choices_and_nothing_else(stage: Stage) -> None:
    members, world = stage.discord.members, stage.discord.world
    doing = members.autocomplete(world.robin, world.general, "say", "what", "he")
    async with stage.begin(doing) as begun:
        assert begun.got["type"] == 4
        (typed,) = begun.got["data"]["options"]
        assert (typed["value"], typed["focused"]) == ("he", True)
        refused = [
            await stage.bot.answer(begun.got, 4, {"content": "x"}),
            await stage.bot.answer(begun.got, 8, {"choices": [choice("x")] * 26}),
            await stage.bot.answer(begun.got, 8, {"choices": [choice("")]}),
            await stage.bot.answer(begun.got, 8, {"choices": [choice("x" * 101)]}),
            await stage.bot.answer(begun.got, 8, {"choices": [{"name": "x", "value": 1}]}),
            await stage.bot.answer(begun.got, 8, {}),
        ]
        assert [one.code for one in refused] == [50035] * 6
        assert refused[3].errors["data"]["choices"]["0"].keys() == {"name", "value"}
        assert (await stage.bot.answer(begun.got, 8, {"choices": [choice("hello")]})).status == 204
    outcome = await begun.outcome()
    assert (outcome.status, outcome.choices) == ("choices", [choice("hello")])


def choice(text: str) -> dict[str, Any]:
    return {"name": text, "value": text}


async def test_a_command_has_no_message_to_update(stage: Stage) -> None:
    async with stage.say() as begun:
        for kind in (6, 7, 8, 1, 99):
            answer = await stage.bot.answer(begun.got, kind, {"content": "x"})
            assert answer.errors["type"]["_errors"][0]["code"] == "BASE_TYPE_CHOICES"
        await stage.bot.answer(begun.got, 4, {"content": "x"})


async def test_a_press_brings_its_message_and_can_update_it(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    got, outcome = await stage.said({"content": "hello", "components": [BUTTON]})
    assert outcome.message is not None
    async with stage.begin(members.press(world.mika, outcome.message, "Go")) as begun:
        pressed = begun.got
        assert (pressed["type"], pressed["data"]["custom_id"]) == (3, "go")
        assert pressed["message"]["id"] == str(outcome.message.id)
        assert pressed["message"]["interaction_metadata"]["user"]["id"] == str(world.robin.id)
        updated = await stage.bot.answer(pressed, 7, {"content": "pressed", "components": []})
        assert updated.status == 204
    after = await begun.outcome()
    assert (after.status, after.text, outcome.text) == ("updated", "pressed", "pressed")
    assert outcome.message.payload["edited_timestamp"] is not None
    assert got["id"] != pressed["id"]


async def test_an_acknowledged_press_can_edit_its_message_later(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    _, outcome = await stage.said({"content": "hello", "components": [BUTTON]})
    assert outcome.message is not None
    async with stage.begin(members.press(world.robin, outcome.message, "go")) as begun:
        await stage.bot.answer(begun.got, 6)
    assert (await begun.outcome()).status == "acknowledged"
    original = stage.bot.webhook(begun.got, "/messages/@original")
    await stage.bot.call("PATCH", original, {"content": "later"})
    assert outcome.text == "later"
    follow_up = stage.bot.webhook(begun.got, "?wait=true")
    sent = await stage.bot.call("POST", follow_up, {"content": "more"})
    metadata = sent.body["interaction_metadata"]
    assert metadata["interacted_message_id"] == str(outcome.message.id)
    assert metadata["original_response_message_id"] == str(outcome.message.id)


async def test_a_modal_is_opened_filled_in_and_answered(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    async with stage.say() as begun:
        await stage.bot.answer(begun.got, 9, MODAL)
    opened = await begun.outcome()
    assert (opened.status, opened.modal and opened.modal.title) == ("modal", "Form")
    original = stage.bot.webhook(begun.got, "/messages/@original")
    assert (await stage.bot.call("GET", original)).code == 10008
    async with stage.begin(members.submit_modal(world.robin, opened, {"name": "R"})) as submitted:
        got = submitted.got
        filled = got["data"]["components"][0]["component"]
        assert (got["type"], got["data"]["custom_id"], filled["value"]) == (5, "form", "R")
        assert (await stage.bot.answer(got, 9, MODAL)).code == 50035
        await stage.bot.answer(got, 4, {"content": "thanks"})
    outcome = await submitted.outcome()
    assert outcome.message is not None
    metadata = outcome.message.payload["interaction_metadata"]
    assert metadata["triggering_interaction_metadata"]["id"] == begun.got["id"]


async def test_a_message_menu_brings_its_message(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    posted = members.post(world.mika, world.general, "well said")
    async with stage.begin(members.use_message_menu(world.noor, "Keep", posted)) as begun:
        data = begun.got["data"]
        assert data["resolved"]["messages"][data["target_id"]]["content"] == "well said"
        await stage.bot.answer(begun.got, 4, {"content": "kept"})
    outcome = await begun.outcome()
    assert outcome.message is not None
    assert outcome.message.payload["type"] == 23


async def test_an_ephemeral_message_is_there_for_one_member_only(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    _, outcome = await stage.said({"content": "psst", "flags": EPHEMERAL, "components": [BUTTON]})
    message = outcome.message
    assert message is not None
    assert message in members.history(world.robin, world.general)
    assert message not in members.history(world.mika, world.general)
    path = f"/channels/{world.general.id}/messages/{message.id}"
    for method, body in (("GET", None), ("PATCH", {"content": "x"}), ("DELETE", None)):
        assert (await stage.bot.call(method, path, body)).code == 10008
    members.dismiss(world.robin, message)
    assert message not in members.history(world.robin, world.general)


async def test_files_come_with_a_first_answer_too(stage: Stage) -> None:
    async with stage.say() as begun:
        path = f"/interactions/{begun.got['id']}/{begun.got['token']}/callback"
        form = aiohttp.FormData(quote_fields=False)
        data = '{"type": 4, "data": {"attachments": [{"id": 0, "description": "alt"}]}}'
        form.add_field("payload_json", data)
        form.add_field("files[0]", b"abc", filename="a b.txt", content_type="text/plain")
        answer = await stage.bot.call("POST", path, data=form)
        assert answer.status == 204, answer.body
    outcome = await begun.outcome()
    assert outcome.message is not None
    (attachment,) = outcome.message.attachments
    assert (attachment["filename"], attachment["description"]) == ("a_b.txt", "alt")
    async with stage.bot.session.get(attachment["url"]) as served:
        assert await served.read() == b"abc"
