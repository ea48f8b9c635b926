"""A quote as a picture, drawn beside everything else; Pillow is imported by the first one."""

from bot.picture.pictures import Pictures
from bot.picture.poster import Look, Poster, is_light

__all__ = ["Look", "Pictures", "Poster", "is_light"]
