"""The game about an interview: rules as values in, values out."""
