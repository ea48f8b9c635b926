"""How the bot is used, for its host to look at: a page, and the same on a terminal."""
