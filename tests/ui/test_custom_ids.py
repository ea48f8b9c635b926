"""What buttons and selects carry: written and read alike, short enough, each for one class."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.client import EXTENSIONS, feature_of
from bot.letters import units
from bot.ui.cards import row_of
from bot.ui.custom_ids import MAX_LENGTH, CustomId
from bot.ui.quote_buttons import AnotherQuoteButton
from bot.ui.saving import SaveButton
from bot.ui.views import PersistentButton, PersistentSelect

Persistent = type[PersistentButton] | type[PersistentSelect]


class Registry:
    """Stands where the cogs expect a bot, and notes what they register."""

    def __init__(self) -> None:
        self.classes: list[Persistent] = []

    def add_pressables(self, *classes: Persistent) -> None:
        self.classes += classes

    async def add_cog(self, _cog: object) -> None:
        """Take a cog, which is of no interest here."""


def subclasses(base: type) -> Iterator[Any]:
    for subclass in base.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


for extension in EXTENSIONS:
    import_module(extension)
CLASSES: list[Persistent] = [
    subclass
    for base in (PersistentButton, PersistentSelect)
    for subclass in subclasses(base)
    if subclass.schema.name
]
EVERY_CLASS = pytest.mark.parametrize("persistent", CLASSES, ids=lambda each: each.__name__)
CARRIES_WORDS = {"quote:found", "schedule:in", "quote:another", "fact:another"}
"""Words may be too long, a zone and an interview too; there are no buttons for them then."""
LARGE = "\U0001e900"
"""A letter of two units."""


def values(schema: CustomId) -> st.SearchStrategy[dict[str, Any]]:
    """Make values for all fields of an id."""
    return st.fixed_dictionaries(
        {
            name: st.from_regex(re.compile(field.pattern), fullmatch=True).map(field.read)
            for name, field in schema._fields.items()
        }
    )


@EVERY_CLASS
# There are forty classes, and text that fits a pattern takes its time.
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_id_is_read_as_it_was_written_and_by_its_own_class_alone(
    persistent: Persistent, data: st.DataObject
) -> None:
    state = data.draw(values(persistent.schema))
    custom_id = persistent.schema.build(**state)
    assert persistent.schema.parse(custom_id) == state
    readers = [each for each in CLASSES if each.schema.parse(custom_id) is not None]
    assert readers == [persistent]
    item = persistent(**state)
    again = persistent.schema.parse(item.custom_id)
    assert again is not None
    assert persistent(**again).custom_id == item.custom_id
    # That is where the bot looks for it.
    assert persistent.feature() == feature_of(custom_id)


@EVERY_CLASS
def test_the_longest_id_fits(persistent: Persistent) -> None:
    schema = persistent.schema
    most = len(schema.name)
    for field in schema._fields.values():
        _least, letters = re._parser.parse(field.pattern).getwidth()
        takes_any = any(re.fullmatch(field.pattern, LARGE * count) for count in (1, letters))
        most += 1 + letters * (units(LARGE) if takes_any else 1)
    assert (most <= MAX_LENGTH) is (schema.name not in CARRIES_WORDS)


@given(
    topic=st.text(st.characters(exclude_categories=("Cs",), exclude_characters=":"), max_size=24)
)
def test_an_id_that_is_too_long_costs_its_button_alone(topic: str) -> None:
    slug = "a" * 32
    another = AnotherQuoteButton(slug, "b" * 24, topic)
    rows = row_of([another, SaveButton(slug, 1)])
    shown = [button.custom_id for row in rows for button in row.walk_children()]
    assert shown[-1] == SaveButton(slug, 1).custom_id
    assert (another.custom_id in shown) is (units(another.custom_id) <= 100)
    assert row_of([AnotherQuoteButton(slug, "b" * 24, LARGE * 24)]) == []


async def test_every_class_is_registered_once() -> None:
    registry = Registry()
    for extension in EXTENSIONS:
        await import_module(extension).setup(registry)
    assert sorted(each.__name__ for each in registry.classes) == sorted(
        each.__name__ for each in CLASSES
    )
