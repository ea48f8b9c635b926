"""What the help of a command adds: examples, the variables that it reads, how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

VARIABLES: Final[Mapping[str, str]] = {
    "DISCORD_TOKEN": "the bot's token",
    "DISCORD_TOKEN_FILE": "a file that holds the token, instead",
    "DATA_DIR": "where the bot keeps everything it writes [var]",
    "PACKS_DIR": "where the interviews are [data]",
    "DATABASE_URL": "a PostgreSQL database instead of a file in DATA_DIR",
    "DEV_GUILD_ID": "the only server that gets the commands, at once",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR [INFO]",
    "LOG_FORMAT": "text, json, or auto: text on a terminal [auto]",
    "HEALTH_PORT": "a port on this machine for /stats, /health and /metrics",
    "HEALTH_TOKEN": "a password that opens that port to other machines",
    "SHARD_COUNT": "how many shards the servers are split into",
    "SHARD_IDS": "which of those this process serves, such as 0,1",
    "PROCESSES": "how many processes share the servers",
    "HTTPS_PROXY": "a proxy for reaching Discord",
    "NO_PROXY": "hosts to reach without it",
    "SSL_CERT_FILE": "certificates to trust, if a firewall inspects traffic",
    "NO_COLOR": "set it to anything for no colours",
}
_KEPT: Final = ("DATA_DIR", "PACKS_DIR", "DATABASE_URL")
_WRONG_WORDS: Final = {2: "something typed is unknown or missing"}
_FOR_NOW: Final = {75: "something isn't available right now: try later"}
_TO_MEND: Final = {78: "something needs fixing first: the message says what"}
_FAULTS: Final = {**_WRONG_WORDS, **_FOR_NOW, **_TO_MEND}


@dataclass(frozen=True, slots=True)
class Guidance:
    """Lines of a command's help: what to type for what, variables, and what each exit code says."""

    examples: Mapping[str, str]
    variables: tuple[str, ...]
    exit_codes: Mapping[int, str]


GUIDANCE: Final[Mapping[str, Guidance]] = {
    "playground": Guidance(
        {
            "encore playground": "type commands on a page, as two members and an admin",
            "encore playground --pack data/mine": "see an interview while you edit it",
            "encore playground --locale fr --data try": "in French; next time it carries on there",
        },
        ("PACKS_DIR",),
        {0: "you stopped it", **_FAULTS},
    ),
    "run": Guidance(
        {
            "encore run": "with the token in .env",
            "HEALTH_PORT=8080 encore run": "so that a supervisor can check on it",
        },
        tuple(VARIABLES),
        {
            0: "it was stopped, with Ctrl-C or SIGTERM",
            **_WRONG_WORDS,
            75: "another bot has its folder or port: starting it again may help",
            78: "a setting needs fixing: starting it again won't help",
        },
    ),
    "doctor": Guidance(
        {
            "encore doctor": "look at everything, change nothing",
            "encore doctor --json": "for a program",
        },
        tuple(VARIABLES),
        {
            0: "everything is fine",
            **_WRONG_WORDS,
            75: "something isn't available right now, such as the network",
            78: "something needs fixing first: the last line says what",
        },
    ),
    "health": Guidance(
        {
            "encore health": "ask the bot that uses the same HEALTH_PORT",
            "encore health --json": "everything it says about itself",
        },
        ("HEALTH_PORT",),
        {0: "it's well", 1: "it isn't, or doesn't answer", **_WRONG_WORDS, **_TO_MEND},
    ),
    "stats": Guidance(
        {
            "encore stats": "the last 30 days, even while the bot is stopped",
            "encore stats --days 365": "a year",
            "encore stats --json": "for a program",
        },
        (*_KEPT, "HEALTH_PORT", "NO_COLOR"),
        {0: "even if nobody has asked anything yet", **_FAULTS},
    ),
    "reports": Guidance(
        {
            "encore reports": "each with its file and line",
            "encore reports --json": "for a program",
        },
        _KEPT,
        {0: "even if there are none", **_FAULTS},
    ),
    "backup": Guidance(
        {
            "encore backup": "with the daily ones, in DATA_DIR/backups",
            "encore backup encore.zip": "to a file, to take to another machine",
        },
        _KEPT,
        {0: "it's written", **_FAULTS},
    ),
    "restore": Guidance(
        {"encore restore encore.zip": "stop the bot first; what it replaces is kept for 7 days"},
        _KEPT,
        {0: "it's back", **_FAULTS},
    ),
    "forget": Guidance(
        {
            "encore forget 123456789012345678": "says what there is, then asks",
            "encore forget 123456789012345678 --yes": "from a script",
        },
        _KEPT,
        {0: "nothing is left", 1: "you said no", **_FAULTS},
    ),
    "load": Guidance(
        {
            "encore load talk.txt": "show what was understood, and ask",
            "encore load talk.txt --preview": "put it right on a page first",
            'encore load talk.srt --speaker "Speaker 1=Ada Example"': "give a speaker a name",
            "encore load talk.html --dry-run --json": "for a program; nothing is written",
            "encore load --undo": "remove the last one again",
        },
        _KEPT,
        {0: "it's loaded, or shown", 1: "you said no", **_FAULTS},
    ),
    "new-pack": Guidance(
        {
            "encore new-pack data/mine --from talk.txt --preview": "pick its quotes on a page",
            "encore new-pack data/mine --from talk.txt": "with every passage as a quote",
            "encore new-pack data/mine": "empty, for you to fill in",
        },
        ("DATA_DIR",),
        {0: "it's written", 1: "you stopped the page first", **_FAULTS},
    ),
    "edit": Guidance(
        {
            "encore edit data/mine": "pick, change and remove quotes",
            "encore edit data/mine --from talk.txt": "for a pack without an answers.jsonl",
        },
        (),
        {0: "you stopped it", **_FAULTS},
    ),
    "check": Guidance(
        {
            "encore check": "all interviews in PACKS_DIR",
            "encore check data/mine --fix": "fill in numbers, then check",
            "encore check data/mine --transcript talk.txt": "is each quote word for word?",
            "encore check data/mine --json": "for an editor that marks mistakes",
        },
        ("PACKS_DIR", "NO_COLOR"),
        {0: "no mistakes", 1: "there are mistakes", **_FAULTS},
    ),
    "completion": Guidance(
        {
            "source .venv/bin/activate": "in the checkout; in ~/.bashrc with the whole path",
            'eval "$(encore completion bash)"': "in ~/.bashrc; for zsh, the same in ~/.zshrc",
            "encore completion fish | source": "in ~/.config/fish/config.fish",
            "encore completion powershell | Out-String | Invoke-Expression": "in $PROFILE",
        },
        (),
        {0: "it's written", **_WRONG_WORDS},
    ),
}
