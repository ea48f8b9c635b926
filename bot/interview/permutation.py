"""An order of numbers that a seed decides, without a list of them."""

from typing import Final

# Four are the least for an order that looks random (Luby and Rackoff, 1988); two more cost little.
_FEISTEL_ROUNDS: Final = 6
# The golden ratio in 64 bits: a product with it spreads each bit over all higher ones.
_MIX: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1


def permuted(place: int, size: int, seed: int) -> int:
    """Map 0 ≤ place < size one to one onto the same numbers, in an order that `seed` decides.

    A Feistel network over the next power of two, walked until it lands below `size`.
    """
    bits = max(2, (size - 1).bit_length())
    low = bits // 2
    while True:
        place = _feistel(place, bits - low, low, seed)
        if place < size:
            return place


def _feistel(value: int, high_bits: int, low_bits: int, seed: int) -> int:
    high, low = value >> low_bits, value & ((1 << low_bits) - 1)
    for turn in range(_FEISTEL_ROUNDS):
        mixed = ((low + turn + 1) * _MIX ^ seed) * _MIX & _MASK
        high ^= (mixed >> 40) & ((1 << high_bits) - 1)
        high, low = low, high
        high_bits, low_bits = low_bits, high_bits
    return high << low_bits | low
