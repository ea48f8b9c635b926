"""Encore, a Discord bot that puts an interview on a server."""
