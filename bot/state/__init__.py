"""What members and guilds leave behind."""
