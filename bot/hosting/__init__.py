"""What whoever hosts the bot does from the command line."""
