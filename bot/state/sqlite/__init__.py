"""The state in a file of SQLite: the default, which needs nothing."""
