"""The content database, of up to a million quotes: built from the packs, read by the bot."""
