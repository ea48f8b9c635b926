"""/settings: what the managers of a server choose, on one private panel."""

from bot.client import Bot
from cogs.settings._buttons import (
    BackButton,
    ChangeButton,
    ChannelsSelect,
    PlacesButton,
    RoleSelect,
    ValuesButton,
    ValueSelect,
)
from cogs.settings._cog import SettingsCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(
        ChangeButton,
        BackButton,
        ValueSelect,
        ValuesButton,
        ChannelsSelect,
        RoleSelect,
        PlacesButton,
    )
    await bot.add_cog(SettingsCog(bot))
