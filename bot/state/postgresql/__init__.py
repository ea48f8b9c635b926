"""The state in a PostgreSQL: for more servers than one machine can serve."""
