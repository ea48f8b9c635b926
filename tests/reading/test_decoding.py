"""Text is read in the encoding that it has."""

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.decoding import decode

BINARY = (bytes(4096), bytes(range(256)) * 9, random.Random(7).randbytes(20_000))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["DATA_DIR=/srv/José\r\n", "NAME=“Zoë’s”\n", "A=1"])
def test_text_is_read_in_whatever_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("data", BINARY)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnicodeError, match="binary data"):
        decode(data)


@given(st.binary(max_size=300))
def test_random_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(UnicodeError):
        assert len(decode(data)) <= len(data)
