"""The page on which members are played: what serves it, and what it and the server exchange."""

from playground.web.page import Page
from playground.web.views import Notice

__all__ = ["Notice", "Page"]
