"""What members can type and click; one room a subject."""
