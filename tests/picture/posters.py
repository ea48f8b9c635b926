"""Pictures to draw."""

from bot.picture import Pictures, Poster


def poster(number: int) -> Poster:
    return Poster(f"Loaf {number}.", "Ada", "", "The Floating Oven", "", "Quote 1", 0x8E6BBF)


async def drawn_png(number: int) -> bytes:
    pictures = Pictures()
    png = await pictures.png(poster(number))
    await pictures.close()
    return png
