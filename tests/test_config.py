"""Settings: what is read, what is refused, and that all that is said about them agrees."""

import re
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError

ROOT = Path(__file__).parents[1]
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.AbCdEf.abcdefghijklmnopqrstuvwxyz"


def read(**env: str) -> Settings:
    return Settings.from_env({"DISCORD_TOKEN": TOKEN, **env}, ROOT)


def test_what_is_left_out_has_its_default() -> None:
    settings = read(LOG_LEVEL="", DATA_DIR="  ")
    assert settings.data_dir == ROOT / "var"
    assert settings.packs_dir == ROOT / "data"
    assert (settings.log_level, settings.log_format) == ("INFO", "auto")
    assert settings.dev_guild_id is settings.shard_count is settings.api_url is None


def test_what_is_set_is_read() -> None:
    settings = read(
        DATA_DIR="/srv/encore",
        PACKS_DIR="talks",
        DEV_GUILD_ID="1300000000041943040",
        LOG_LEVEL="debug",
        SHARD_COUNT="4",
        SHARD_IDS="2, 0",
        DISCORD_API_URL="http://localhost:8787/",
    )
    assert settings.data_dir == Path("/srv/encore")
    assert settings.packs_dir == ROOT / "talks"
    assert settings.dev_guild_id == 1300000000041943040
    assert settings.log_level == "DEBUG"
    assert (settings.shard_count, settings.shard_ids) == (4, (0, 2))
    assert settings.api_url == "http://localhost:8787"


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DISCORD_TOKEN", "hunter2", "Reset Token"),
        ("DISCORD_TOKEN", "", "python -m bot playground"),
        ("DISCORD_TOKEN_FILE", "gone.txt", "Keep one of them"),
        ("DEV_GUILD_ID", "my server", "Copy Server ID"),
        ("LOG_LEVEL", "LOUD", "Set it to one of them"),
        ("LOG_FORMAT", "xml", "Set it to one of them"),
        ("SHARD_COUNT", "0", "leave it out"),
        ("SHARD_COUNT", "-3", "leave it out"),
        ("SHARD_COUNT", "٣", "leave it out"),
        ("SHARD_IDS", "1", "needs SHARD_COUNT"),
        ("SHARD_IDS", "one", "such as 0,1,2"),
        ("DISCORD_API_URL", "https://example.org", "an address of this machine"),
        ("DISCORD_API_URL", "http://127.0.0.1.example.org", "an address of this machine"),
        ("DISCORD_API_URL", "file:///etc/passwd", "an address of this machine"),
        ("DISCORD_API_URL", "http://[::1", "an address of this machine"),
    ],
)
def test_a_mistake_is_a_sentence_with_a_remedy(name: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(**{name: value})
    assert remedy in str(caught.value)
    assert len(caught.value.mistakes) == 1


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read(DISCORD_TOKEN="", LOG_LEVEL="LOUD", DEV_GUILD_ID="here", SHARD_IDS="x")
    assert len(caught.value.mistakes) == 4
    assert len(str(caught.value).splitlines()) == 4


def test_shards_that_are_not_there_are_refused() -> None:
    with pytest.raises(SettingsError, match="from 0 to 1"):
        read(SHARD_COUNT="2", SHARD_IDS="0,2")


def test_a_token_in_a_file_is_read_and_an_empty_file_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", "utf-8")
    assert Settings.from_env({"DISCORD_TOKEN_FILE": str(file)}, ROOT).token == TOKEN
    file.write_text("\n", "utf-8")
    with pytest.raises(SettingsError, match="which is empty"):
        Settings.from_env({"DISCORD_TOKEN_FILE": str(file)}, ROOT)


def test_the_token_is_not_in_the_repr() -> None:
    assert TOKEN not in repr(read())


def test_every_setting_stands_in_the_example_and_the_readme() -> None:
    source = (ROOT / "bot" / "config.py").read_text("utf-8")
    names = set(re.findall(r'"([A-Z][A-Z_]{5,})"', source)) - {"WARNING"}
    assert "DISCORD_TOKEN" in names
    example = (ROOT / ".env.example").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == names
    assert {name for name in names if f"`{name}`" not in readme} == set()
