"""The content database: built from the packs, read by the bot; all SQL over content is here."""
