"""Who is on no board of a server: by their own wish, or taken off by a moderator."""


def is_off_board(guild: str, user: str) -> str:
    """Write as SQL whether a member is on no board; both are columns, named with their table.

    Without it a name that the boards' own tables have is theirs.
    In direct messages there is nobody from whom to hide.
    """
    return f"""(
        {guild} <> 0 AND EXISTS (
            SELECT 1 FROM off_board AS off
            WHERE off.user_id = {user} AND off.guild_id IN (0, {guild})
            UNION ALL SELECT 1 FROM off_board_mark AS off
            WHERE off.guild_id = {guild} AND off.mark = mark_of({user})
        )
    )"""  # noqa: S608 - our own words
