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
class Turn:
    """An interaction as the bot got it, and what the member sees in the end."""

    interaction: dict[str, Any]
    _outcome: "asyncio.Task[Outcome]"

    async def outcome(self) -> Outcome:
        return await self._outcome


@dataclass
class Stage:
    discord: LoopbackDiscord
    bot: RawBot
    gateway: Gateway

    @asynccontextmanager
    async def begin(self, doing: Awaitable[Outcome]) -> AsyncIterator[Turn]:
        outcome = asyncio.ensure_future(doing)
        yield Turn(await self.gateway.event("INTERACTION_CREATE"), outcome)
        await outcome

    def say(self, user: User | None = None, channel: Channel | None = None) -> Any:
        world = self.discord.world
        user, channel = user or world.robin, channel or world.general
        return self.begin(self.discord.members.use_command(user, channel, "say"))

    async def reply(self, data: dict[str, Any], **where: Any) -> tuple[dict[str, Any], Outcome]:
        async with self.say(**where) as turn:
            answer = await self.bot.answer(turn.interaction, 4, data)
            assert answer.status == 204, answer.body
        return turn.interaction, await turn.outcome()


@pytest.fixture
async def stage(discord: LoopbackDiscord, bot: RawBot, gateway: Gateway) -> Stage:
    return Stage(discord, bot, gateway)


async def test_an_interaction_says_who_where_and_by_whom_the_app_was_brought(stage: Stage) -> None:
    world = stage.discord.world
    world.mika.locale = "de"
    async with stage.say(world.mika, world.after_dark) as turn:
        interaction = turn.interaction
        await stage.bot.answer(interaction, 4, {"content": "x"})
    assert interaction["member"]["user"]["username"] == "mika"
    assert (interaction["locale"], interaction["guild_locale"], interaction["context"]) == (
        "de",
        "en-US",
        0,
    )
    assert interaction["channel"]["nsfw"] is True
    assert interaction["authorizing_integration_owners"] == {"0": str(world.academy.id)}
    assert (interaction["type"], interaction["data"]["name"], interaction["version"]) == (
        2,
        "say",
        1,
    )


async def test_a_guest_is_brought_by_its_user_alone(stage: Stage) -> None:
    world = stage.discord.world
    async with stage.say(world.robin, world.lounge) as turn:
        interaction = turn.interaction
        await stage.bot.answer(interaction, 4, {"content": "x"})
    assert interaction["authorizing_integration_owners"] == {"1": str(world.robin.id)}
    assert (interaction["context"], interaction["guild_id"]) == (0, str(world.elsewhere.id))


async def test_direct_messages_have_a_user_and_no_member(stage: Stage) -> None:
    noor = stage.discord.world.noor
    async with stage.say(noor, stage.discord.world.dm(noor)) as turn:
        interaction = turn.interaction
        await stage.bot.answer(interaction, 4, {"content": "x"})
    assert interaction["user"]["id"] == str(noor.id)
    assert interaction["authorizing_integration_owners"] == {"0": "0"}
    assert (interaction["context"], "member" in interaction, "guild_id" in interaction) == (
        1,
        False,
        False,
    )


async def test_an_answer_is_measured_and_shown(stage: Stage) -> None:
    interaction, outcome = await stage.reply({"content": "hello", "flags": EPHEMERAL})
    assert (outcome.status, outcome.text, outcome.is_ephemeral) == ("answered", "hello", True)
    assert outcome.ms is not None
    assert outcome.ms > 0
    assert outcome.message is not None
    metadata = outcome.message.payload["interaction_metadata"]
    assert (metadata["id"], metadata["type"], metadata["name"]) == (interaction["id"], 2, "say")


async def test_the_answer_comes_back_only_where_it_is_asked_for(stage: Stage) -> None:
    async with stage.say() as turn:
        id_, token = turn.interaction["id"], turn.interaction["token"]
        path = f"/interactions/{id_}/{token}/callback?with_response=true"
        body = {"type": 4, "data": {"content": "hello"}}
        answer = await stage.bot.call("POST", path, body)
    assert answer.status == 200
    assert answer.body["resource"]["message"]["content"] == "hello"
    message_id = answer.body["resource"]["message"]["id"]
    assert answer.body["interaction"]["response_message_id"] == message_id


async def test_a_second_first_answer_is_refused(stage: Stage) -> None:
    interaction, outcome = await stage.reply({"content": "hello"})
    answer = await stage.bot.answer(interaction, 4, {"content": "again"})
    assert (answer.status, answer.code) == (400, 40060)
    assert [refusal["code"] for refusal in outcome.refused] == [40060]
    assert outcome.text == "hello"


async def test_three_seconds_are_three_seconds(stage: Stage, clock: ManualClock) -> None:
    async with stage.say() as turn:
        clock.advance(3.1)
        answer = await stage.bot.answer(turn.interaction, 4, {"content": "late"})
        assert (answer.status, answer.code) == (404, 10062)
    assert (await turn.outcome()).status == "failed"


async def test_nothing_in_time_is_a_failure_that_stays(stage: Stage) -> None:
    with stage.discord.members.watch() as watch:
        async with stage.say() as turn:
            outcome = await turn.outcome()
        event = await watch.next_of("interaction_failed")
    assert (outcome.status, outcome.message) == ("failed", None)
    assert event["interaction_id"] == turn.interaction["id"]
    assert (await stage.bot.answer(turn.interaction, 4, {"content": "late"})).code == 10062
    late = await stage.bot.call("POST", stage.bot.webhook(turn.interaction), {"content": "late"})
    assert (late.status, late.code) == (401, 50027)


async def test_an_interaction_that_never_was_is_unknown(stage: Stage) -> None:
    assert (await stage.bot.answer({"id": "1", "token": "x"}, 4, {"content": "x"})).code == 10062
    path = f"/webhooks/{stage.discord.app.id}/x"
    assert (await stage.bot.call("POST", path, {"content": "x"})).code == 50027


async def test_a_token_lasts_fifteen_minutes(stage: Stage, clock: ManualClock) -> None:
    interaction, outcome = await stage.reply({"content": "hello"})
    original = stage.bot.webhook(interaction, "/messages/@original")
    clock.advance(14 * 60)
    assert (await stage.bot.call("PATCH", original, {"content": "later"})).status == 200
    assert outcome.text == "later"
    clock.advance(61)
    for method, path in (("PATCH", original), ("POST", stage.bot.webhook(interaction))):
        answer = await stage.bot.call(method, path, {"content": "too late"})
        assert (answer.status, answer.code) == (401, 50027)


async def test_tokens_can_be_expired_on_demand(stage: Stage) -> None:
    interaction, _outcome = await stage.reply({"content": "hello"})
    stage.discord.faults.expire_tokens()
    assert (
        await stage.bot.call("GET", stage.bot.webhook(interaction, "/messages/@original"))
    ).code == 50027


async def test_nothing_follows_before_the_first_answer(stage: Stage) -> None:
    async with stage.say() as turn:
        follow_up = await stage.bot.call(
            "POST", stage.bot.webhook(turn.interaction), {"content": "x"}
        )
        assert (follow_up.status, follow_up.code) == (404, 10015)
        await stage.bot.answer(turn.interaction, 4, {"content": "x"})


async def test_follow_ups_come_in_order_and_can_be_edited_and_deleted(stage: Stage) -> None:
    interaction, outcome = await stage.reply({"content": "hello"})
    for text in ("one", "two"):
        body = {"content": text, "flags": EPHEMERAL}
        await stage.bot.call("POST", stage.bot.webhook(interaction, "?wait=true"), body)
    first, second = await outcome.follow_up(), await outcome.follow_up()
    assert (first.text, second.text, first.is_ephemeral) == ("one", "two", True)
    path = stage.bot.webhook(interaction, f"/messages/{first.id}")
    assert (await stage.bot.call("PATCH", path, {"content": "changed"})).status == 200
    assert first.text == "changed"
    assert (await stage.bot.call("DELETE", path)).status == 204
    assert (await stage.bot.call("GET", path)).code == 10008
    assert first not in stage.discord.members.history(stage.discord.world.robin, first.channel)
    with pytest.raises(TimeoutError):
        await outcome.follow_up(0.01)


async def test_a_guest_may_follow_up_five_times(stage: Stage) -> None:
    world = stage.discord.world
    interaction, _ = await stage.reply({"content": "hello"}, user=world.robin, channel=world.lounge)
    answers = [
        await stage.bot.call("POST", stage.bot.webhook(interaction), {"content": f"{number}"})
        for number in range(6)
    ]
    assert [answer.status for answer in answers] == [204] * 5 + [400]
    assert answers[-1].code == 40094


async def test_thinking_ends_with_an_edit_or_with_the_first_follow_up(stage: Stage) -> None:
    for method, rest in (("PATCH", "/messages/@original"), ("POST", "")):
        async with stage.say() as turn:
            await stage.bot.answer(turn.interaction, 5, {"flags": EPHEMERAL})
            outcome = await turn.outcome()
            assert (outcome.status, outcome.is_ephemeral) == ("thinking", True)
            with pytest.raises(TimeoutError):
                await outcome.settled(0.01)
            path = stage.bot.webhook(turn.interaction, rest)
            layout = [{"type": 10, "content": "done"}]
            answer = await stage.bot.call(method, path, {"flags": LAYOUT, "components": layout})
            assert answer.status == 200, answer.body
        message = await outcome.settled()
        assert (message.text, message.is_ephemeral, message.is_thinking) == ("done", True, False)
        assert message is outcome.message
        assert outcome.follow_ups == []


@pytest.mark.parametrize("flags", [LAYOUT, EPHEMERAL | LAYOUT, 4096])
async def test_only_privacy_is_settled_when_deferring(stage: Stage, flags: int) -> None:
    async with stage.say() as turn:
        assert (await stage.bot.answer(turn.interaction, 5, {"flags": flags})).code == 50035
        assert (await stage.bot.answer(turn.interaction, 5)).status == 204


async def test_autocomplete_takes_choices_and_nothing_else(stage: Stage) -> None:
    members, world = stage.discord.members, stage.discord.world
    doing = members.autocomplete(world.robin, world.general, "say", "what", "he")
    async with stage.begin(doing) as turn:
        assert turn.interaction["type"] == 4
        (option,) = turn.interaction["data"]["options"]
        assert (option["value"], option["focused"]) == ("he", True)
        refusals = [
            await stage.bot.answer(turn.interaction, 4, {"content": "x"}),
            await stage.bot.answer(turn.interaction, 8, {"choices": [choice("x")] * 26}),
            await stage.bot.answer(turn.interaction, 8, {"choices": [choice("")]}),
            await stage.bot.answer(turn.interaction, 8, {"choices": [choice("x" * 101)]}),
            await stage.bot.answer(turn.interaction, 8, {"choices": [{"name": "x", "value": 1}]}),
            await stage.bot.answer(turn.interaction, 8, {}),
        ]
        assert [refusal.code for refusal in refusals] == [50035] * 6
        assert refusals[3].errors["data"]["choices"]["0"].keys() == {"name", "value"}
        assert (
            await stage.bot.answer(turn.interaction, 8, {"choices": [choice("hello")]})
        ).status == 204
    outcome = await turn.outcome()
    assert (outcome.status, outcome.choices) == ("choices", [choice("hello")])


def choice(text: str) -> dict[str, Any]:
    return {"name": text, "value": text}


async def test_a_command_has_no_message_to_update(stage: Stage) -> None:
    async with stage.say() as turn:
        for kind in (6, 7, 8, 1, 99):
            answer = await stage.bot.answer(turn.interaction, kind, {"content": "x"})
            assert answer.errors["type"]["_errors"][0]["code"] == "BASE_TYPE_CHOICES"
        await stage.bot.answer(turn.interaction, 4, {"content": "x"})


async def test_a_press_brings_its_message_and_can_update_it(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    interaction, outcome = await stage.reply({"content": "hello", "components": [BUTTON]})
    assert outcome.message is not None
    async with stage.begin(members.press(world.mika, outcome.message, "Go")) as turn:
        press = turn.interaction
        assert (press["type"], press["data"]["custom_id"]) == (3, "go")
        assert press["message"]["id"] == str(outcome.message.id)
        assert press["message"]["interaction_metadata"]["user"]["id"] == str(world.robin.id)
        updated = await stage.bot.answer(press, 7, {"content": "pressed", "components": []})
        assert updated.status == 204
    after = await turn.outcome()
    assert (after.status, after.text, outcome.text) == ("updated", "pressed", "pressed")
    assert outcome.message.payload["edited_timestamp"] is not None
    assert interaction["id"] != press["id"]


async def test_an_acknowledged_press_can_edit_its_message_later(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    _, outcome = await stage.reply({"content": "hello", "components": [BUTTON]})
    assert outcome.message is not None
    async with stage.begin(members.press(world.robin, outcome.message, "go")) as turn:
        await stage.bot.answer(turn.interaction, 6)
    assert (await turn.outcome()).status == "acknowledged"
    original = stage.bot.webhook(turn.interaction, "/messages/@original")
    await stage.bot.call("PATCH", original, {"content": "later"})
    assert outcome.text == "later"
    follow_up = stage.bot.webhook(turn.interaction, "?wait=true")
    answer = await stage.bot.call("POST", follow_up, {"content": "more"})
    metadata = answer.body["interaction_metadata"]
    assert metadata["interacted_message_id"] == str(outcome.message.id)
    assert metadata["original_response_message_id"] == str(outcome.message.id)


async def test_a_modal_is_opened_filled_in_and_answered(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    async with stage.say() as turn:
        await stage.bot.answer(turn.interaction, 9, MODAL)
    form = await turn.outcome()
    assert (form.status, form.modal and form.modal.title) == ("modal", "Form")
    original = stage.bot.webhook(turn.interaction, "/messages/@original")
    assert (await stage.bot.call("GET", original)).code == 10008
    async with stage.begin(members.submit_modal(world.robin, form, {"name": "R"})) as submitted:
        interaction = submitted.interaction
        field = interaction["data"]["components"][0]["component"]
        assert (interaction["type"], interaction["data"]["custom_id"], field["value"]) == (
            5,
            "form",
            "R",
        )
        assert (await stage.bot.answer(interaction, 9, MODAL)).code == 50035
        await stage.bot.answer(interaction, 4, {"content": "thanks"})
    outcome = await submitted.outcome()
    assert outcome.message is not None
    metadata = outcome.message.payload["interaction_metadata"]
    assert metadata["triggering_interaction_metadata"]["id"] == turn.interaction["id"]


async def test_a_message_menu_brings_its_message(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    posted = members.post(world.mika, world.general, "well said")
    async with stage.begin(members.use_message_menu(world.noor, "Keep", posted)) as turn:
        data = turn.interaction["data"]
        assert data["resolved"]["messages"][data["target_id"]]["content"] == "well said"
        await stage.bot.answer(turn.interaction, 4, {"content": "kept"})
    outcome = await turn.outcome()
    assert outcome.message is not None
    assert outcome.message.payload["type"] == 23


async def test_an_ephemeral_message_is_there_for_one_member_only(stage: Stage) -> None:
    world, members = stage.discord.world, stage.discord.members
    _, outcome = await stage.reply({"content": "psst", "flags": EPHEMERAL, "components": [BUTTON]})
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
    async with stage.say() as turn:
        path = f"/interactions/{turn.interaction['id']}/{turn.interaction['token']}/callback"
        form = aiohttp.FormData(quote_fields=False)
        data = '{"type": 4, "data": {"attachments": [{"id": 0, "description": "alt"}]}}'
        form.add_field("payload_json", data)
        form.add_field("files[0]", b"abc", filename="a b.txt", content_type="text/plain")
        answer = await stage.bot.call("POST", path, data=form)
        assert answer.status == 204, answer.body
    outcome = await turn.outcome()
    assert outcome.message is not None
    (attachment,) = outcome.message.attachments
    assert (attachment["filename"], attachment["description"]) == ("a_b.txt", "alt")
    async with stage.bot.session.get(attachment["url"]) as served:
        assert await served.read() == b"abc"
