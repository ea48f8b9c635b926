"""Settings: what is read, what is refused, and that all that is said about them agrees."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings, SettingsError, load_env_file

ROOT = Path(__file__).parents[1]
POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such files; cannot be avoided"
)
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


@pytest.mark.parametrize("path", ["", "/", "/api", "/api/v10", "/api/v10/"])
def test_the_address_of_another_discord_may_be_that_of_its_api(path: str) -> None:
    settings = read(DISCORD_API_URL=f"http://127.0.0.1:8787{path}")
    assert settings.api_url == "http://127.0.0.1:8787"


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DISCORD_TOKEN", "hunter2", "Reset Token"),
        ("DISCORD_TOKEN", "", "encore playground"),
        ("DISCORD_TOKEN_FILE", "gone.txt", "Keep one of them"),
        ("DEV_GUILD_ID", "my server", "Copy Server ID"),
        ("LOG_LEVEL", "LOUD", "Set it to one of"),
        ("LOG_FORMAT", "xml", "Set it to one of"),
        ("SHARD_COUNT", "0", "leave it out"),
        ("SHARD_COUNT", "-3", "leave it out"),
        ("SHARD_COUNT", "٣", "leave it out"),
        ("SHARD_COUNT", "9" * 5000, "leave it out"),
        ("SHARD_COUNT", "16385", "leave it out"),
        ("DEV_GUILD_ID", "99999999999999999999", "Copy Server ID"),
        ("DEV_GUILD_ID", "١٣٠٠٠٠٠٠٠٠٠٠٤١٩٤٣٠٤", "Copy Server ID"),
        ("HEALTH_PORT", "0", "from 1 to 65535"),
        ("HEALTH_PORT", "70000", "from 1 to 65535"),
        ("HEALTH_PORT", "-1", "from 1 to 65535"),
        ("DATA_DIR", "a\0b", "printable characters"),
        ("DATA_DIR", "/srv/\udcff", "printable characters"),
        ("DATA_DIR", "C:\new", "leave the quotes out"),
        ("PACKS_DIR", "x" * 300, "longer than a path can be"),
        ("PACKS_DIR", "x/" * 3000, "longer than a path can be"),
        ("PACKS_DIR", "~nobody-of-this-name/x", "write the whole path"),
        ("SHARD_IDS", "1", "needs SHARD_COUNT"),
        ("SHARD_IDS", "0,,1", "such as 0,1,2"),
        ("SHARD_IDS", "9" * 5000, "such as 0,1,2"),
        ("HTTPS_PROXY", "socks5://127.0.0.1:1080", "of an HTTP proxy"),
        ("HTTPS_PROXY", "http://[::1]x", "of an HTTP proxy"),
        ("HTTPS_PROXY", "http://proxy:99999", "of an HTTP proxy"),
        ("https_proxy", "http://日本:本@proxy:3128", "of an HTTP proxy"),
        ("SHARD_IDS", "one", "such as 0,1,2"),
        ("PROCESSES", "0", "from 1 to 16384"),
        ("PROCESSES", "many", "from 1 to 16384"),
        ("DISCORD_API_URL", "https://example.org", "an address of this machine"),
        ("DISCORD_API_URL", "http://127.0.0.1.example.org", "an address of this machine"),
        ("DISCORD_API_URL", "file:///etc/passwd", "an address of this machine"),
        ("DISCORD_API_URL", "http://[::1", "an address of this machine"),
        ("DISCORD_API_URL", "http://[::1]x", "an address of this machine"),
        ("DISCORD_API_URL", "http://me:secret@127.0.0.1:1", "an address of this machine"),
    ],
)
def test_a_mistake_is_a_sentence_with_a_remedy(name: str, value: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(**{name: value})
    told = str(caught.value)
    assert remedy in told
    assert len(caught.value.mistakes) == 1
    assert len(told.splitlines()) == 1
    assert len(told) < 400
    assert "secret" not in told


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read(DISCORD_TOKEN="", LOG_LEVEL="LOUD", DEV_GUILD_ID="here", SHARD_IDS="x")
    assert len(caught.value.mistakes) == 4
    assert len(str(caught.value).splitlines()) == 4


def test_shards_that_are_not_there_are_refused() -> None:
    with pytest.raises(SettingsError, match="from 0 to 1"):
        read(SHARD_COUNT="2", SHARD_IDS="0,2")


@pytest.mark.parametrize(
    ("env", "remedy"),
    [
        ({"PROCESSES": "2", "SHARD_IDS": "0", "SHARD_COUNT": "2"}, "Keep PROCESSES"),
        ({"PROCESSES": "2", "SHARD_IDS": "0"}, "Keep PROCESSES"),
        ({"PROCESSES": "3", "SHARD_COUNT": "16"}, "to a multiple of it"),
        ({"PROCESSES": "3", "SHARD_COUNT": "1"}, "to a multiple of it"),
    ],
)
def test_processes_that_cannot_share_the_shards_are_refused(
    env: dict[str, str], remedy: str
) -> None:
    with pytest.raises(SettingsError, match=remedy) as caught:
        read(**env)
    assert len(caught.value.mistakes) == 1
    assert read(PROCESSES="4", SHARD_COUNT="16").processes == 4


ADDRESSES_OF_DATABASES = (
    "postgresql://encore:%40secret%2F1@db.example:5432/encore",
    "postgres://db/encore",
    "postgresql://encore@/encore?host=/run/postgresql&port=5433",
    f"postgresql://[::1]:5432/encore?sslmode=verify-full&sslrootcert={__file__}",
    "postgresql://one:1,two:2/encore?target_session_attrs=read-write",
    "postgresql://%2Frun%2Fpostgresql/encore",
)


@pytest.mark.parametrize("url", ADDRESSES_OF_DATABASES)
def test_the_address_of_a_database_is_read_and_shown_nowhere(url: str) -> None:
    settings = read(DATABASE_URL=url)
    assert settings.database_url == url
    assert "encore@" not in repr(settings)
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "remedy"),
    [
        ("mysql://me:hunter2@db/encore", "begin with postgresql://"),
        ("hunter2", "begin with postgresql://"),
        ("postgresql://me:hunter2@db", "a host and a database"),
        ("postgresql://me:hunter2@db/", "a host and a database"),
        ("postgresql:///hunter2", "a host and a database"),
        ("postgresql://me:hunter2@/encore", "a host and a database"),
        ("postgresql://me:hunter2@db:port/encore", "a host and a database"),
        ("postgresql://me:hunter2@db:65536/encore", "a host and a database"),
        ("postgresql://me:hunter2@db,/encore", "a host and a database"),
        ("postgresql://me:hunter2@[::1/encore", "a host and a database"),
        ("postgresql://me@db/encore?password=hunter2&x", "a host and a database"),
        ("postgresql://me@/encore?host=/run&port=hunter2", "a host and a database"),
        (
            "postgresql://me:hunter2@db/encore?sslrootcert=/nowhere.pem",
            "sslrootcert must be a file",
        ),
        ("postgresql://me:hunter2@db/encore?sslkey=/", "sslkey must be a file"),
        ("postgresql://me:hunter2@@db/encore", "%40"),
        ("postgresql://me:hunter2/@db/encore", "%2F"),
        ("postgresql://me:hunter2?@db/encore", "%3F"),
        ("postgresql://me:hunter2#@db/encore", "%23"),
        ("postgresql://me:hunter2%00@db/encore", "printable"),
        ("postgresql://me:hunter2\n@db/encore", "printable"),
    ],
)
def test_of_an_address_that_is_wrong_nothing_is_told(url: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(DATABASE_URL=url)
    told = str(caught.value)
    assert remedy in told
    assert len(caught.value.mistakes) == 1
    assert len(told.splitlines()) == 1
    assert "hunter2" not in told


def test_a_token_in_a_file_is_read_and_an_empty_file_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", "utf-8")
    assert Settings.from_env({"DISCORD_TOKEN_FILE": str(file)}, ROOT).token == TOKEN
    file.write_text("\n", "utf-8")
    with pytest.raises(SettingsError, match="which is empty"):
        Settings.from_env({"DISCORD_TOKEN_FILE": str(file)}, ROOT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "{}\r\n",
        "\n {} \n\n",
        '"{}"',
        "'{}'\n",
        "“{}”",
        "Bot {}\n",
        "\u200b{}\ufeff",
        "bot  {}",
    ],
)
def test_a_token_file_is_read_as_people_write_it(
    tmp_path: Path, encoding: str, content: str
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content.format(TOKEN).encode(encoding))
    assert Settings.from_env({"DISCORD_TOKEN_FILE": str(file)}, ROOT).token == TOKEN


@POSIX
def test_a_token_file_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_text(TOKEN * 2000)
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    for name in ("pipe", "large", "binary", "gone", "/dev/zero", ".", TOKEN, "a\0b", "x" * 300):
        with pytest.raises(SettingsError, match="can't be read: ") as caught:
            Settings.from_env({"DISCORD_TOKEN_FILE": name}, tmp_path)
        assert len(caught.value.mistakes) == 1
        assert TOKEN not in str(caught.value)


NAMES = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
NUMBERS = ("0", "-1", "1e9", "٣", "9" * 30, "70000", "0,1", ",", "1,x")
PATHS = ("a\0b", "~", "~x", "/", "..", "\udc80", "/dev/zero")
ADDRESSES = (
    "http://[",
    "http://[::1]x",
    "http://127.0.0.1:99999",
    "//@:",
    "http://%zz",
    "http://١",
)
QUOTED = ("“", "''", '"', "Bot", "Bot ", TOKEN, f"“{TOKEN}”", "*", "\ufeff", "x://y:z@w:1")
ODD = st.text() | st.sampled_from((*NUMBERS, *PATHS, *ADDRESSES, *QUOTED))


@given(st.dictionaries(st.sampled_from([*NAMES, "https_proxy", "no_proxy"]), ODD))
def test_whatever_stands_in_the_variables_is_settings_or_sentences(env: dict[str, str]) -> None:
    settings, mistakes = Settings.read(env, ROOT)
    assert mistakes or settings.token == TOKEN
    told = str(SettingsError(mistakes))
    assert len(told.splitlines()) == len(mistakes)
    assert TOKEN not in told


def test_the_proxy_is_the_one_for_discord() -> None:
    assert read(HTTPS_PROXY="proxy:3128").proxy == "http://proxy:3128"
    assert read(https_proxy="http://a:b@[::1]:3128", HTTPS_PROXY="x").proxy == (
        "http://a:b@[::1]:3128"
    )
    assert read(HTTPS_PROXY="proxy:3128", NO_PROXY=".example,discord.com").proxy is None
    assert read(HTTPS_PROXY="proxy:3128", no_proxy="*").proxy is None
    assert read(HTTPS_PROXY="?", DISCORD_API_URL="http://127.0.0.1:1").proxy is None
    assert "b@" not in repr(read(https_proxy="http://a:b@proxy:3128"))


LINES = """\
# Encore
  DISCORD_TOKEN = “{token}”   # from the Bot page
export LOG_LEVEL='debug'
LOG_FORMAT="json" # for the collector

DATA_DIR=/srv/José
"""


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give an environment without settings, which is put in order again afterwards."""
    monkeypatch.delenv("PYTHON_DOTENV_DISABLED", raising=False)
    for name in NAMES:
        # One that is not there would not be taken away at the end.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.mark.usefixtures("no_settings")
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_env_file_is_read_as_people_write_it(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    file = tmp_path / ".env"
    file.write_bytes(LINES.format(token=TOKEN).replace("\n", line_end).encode(encoding))
    load_env_file(file)
    settings = Settings.from_env(os.environ, ROOT)
    assert settings.token == TOKEN
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")
    assert settings.data_dir == Path("/srv/José")


@pytest.mark.usefixtures("no_settings")
def test_the_environment_goes_before_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_env_file(tmp_path / "gone")
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\nLOG_FORMAT=json\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    load_env_file(tmp_path / ".env")
    assert (os.environ["LOG_LEVEL"], os.environ["LOG_FORMAT"]) == ("ERROR", "json")


@pytest.mark.usefixtures("no_settings")
def test_lines_of_an_env_file_that_are_none_are_named_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(
        f"LOG_LEVEL=INFO\n\nDISCORD_TOKEN {TOKEN}\n'A=B'=1\n\nX=a\0b\nDATA_DIR=\"x".encode()
    )
    with pytest.raises(SettingsError) as caught:
        load_env_file(tmp_path / ".env")
    assert os.environ["LOG_LEVEL"] == "INFO", "what can be read is in effect all the same"
    assert re.findall(r"Line (\d+) of", str(caught.value)) == ["3", "4", "6", "7"]
    assert TOKEN not in str(caught.value)


@POSIX
@pytest.mark.usefixtures("no_settings")
def test_an_env_file_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_text("A=1\n" * 20_000)
    (tmp_path / "binary").write_bytes(bytes(5000))
    for name in ("pipe", "large", "binary", "/dev/zero", "."):
        with pytest.raises(SettingsError, match=r"(file|large|data).* Copy \.env"):
            load_env_file(tmp_path / name)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a checkout whose `.env` cannot be read."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("bot", "cogs", "data", "playground"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".env").write_bytes(bytes(range(256)))
    return folder


def typed(checkout: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    names = ("PATH", "SYSTEMROOT")
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=checkout,
        env={name: os.environ[name] for name in names if name in os.environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "check",
        "reports",
        "health",
        "backup",
        "load x.txt",
        "forget 1",
        "playground --no-open",
    ],
)
def test_a_broken_env_file_is_a_sentence_where_settings_are_needed(
    checkout: Path, command: str
) -> None:
    outcome = typed(checkout, *command.split())
    assert outcome.returncode == 78
    assert ".env isn't text but binary data." in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1


def test_a_broken_env_file_disturbs_nobody_who_needs_no_settings(checkout: Path) -> None:
    assert typed(checkout, "--help").returncode == 0
    assert typed(checkout, "check", "data").returncode == 0


def test_doctor_goes_on_after_a_broken_env_file(checkout: Path) -> None:
    outcome = typed(checkout, "doctor")
    assert outcome.returncode == 78
    assert "PROBLEM  settings: .env isn't text but binary data. Copy" in outcome.stdout
    assert "ok       interviews:" in outcome.stdout
    assert outcome.stderr == ""


def test_the_token_is_not_in_the_repr() -> None:
    assert TOKEN not in repr(read())


def test_every_setting_stands_in_the_example_and_the_documents() -> None:
    readers = (ROOT / "bot" / "config.py", ROOT / "bot" / "reading" / "variables.py")
    source = "".join(reader.read_text("utf-8") for reader in readers)
    names = set(re.findall(r'"([A-Z][A-Z_]{5,})"', source)) - {"WARNING"}
    assert "DISCORD_TOKEN" in names
    example = (ROOT / ".env.example").read_text("utf-8")
    documented = (ROOT / "docs" / "hosting.md").read_text("utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == names
    assert {name for name in names if f"`{name}`" not in documented} == set()
