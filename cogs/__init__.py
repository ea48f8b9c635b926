"""What members can type and press; one package a command."""
