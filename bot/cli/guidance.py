"""What the help of a command adds: examples, the variables that it reads, how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

VARIABLES: Final[Mapping[str, str]] = {
    "DISCORD_TOKEN": "the bot's token",
    "DISCORD_TOKEN_FILE": "a file that holds the token, instead",
    "DATA_DIR": "where everything is kept that the bot writes [var]",
    "PACKS_DIR": "where the interviews are [data]",
    "DATABASE_URL": "a PostgreSQL for the state, in place of a file in DATA_DIR",
    "DEV_GUILD_ID": "the one server in which the commands are",
    "LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR [INFO]",
    "LOG_FORMAT": "text, json, or auto: text on a terminal [auto]",
    "HEALTH_PORT": "a port of this machine on which /stats, /health and /metrics answer",
    "HEALTH_TOKEN": "lets who knows it look at that port from elsewhere",
    "SHARD_COUNT": "into how many shards the servers are divided",
    "SHARD_IDS": "which of them this process serves, such as 0,1",
    "PROCESSES": "how many processes share the servers",
    "HTTPS_PROXY": "a proxy on the way to Discord",
    "NO_PROXY": "hosts that need none",
    "SSL_CERT_FILE": "the authorities to trust, where a firewall reads along",
    "NO_COLOR": "set to anything: no colours",
}
_KEPT: Final = ("DATA_DIR", "PACKS_DIR", "DATABASE_URL")
_WRONG_WORDS: Final = {2: "what you typed isn't a command"}
_FOR_NOW: Final = {75: "something is missing for now: try again later"}
_TO_MEND: Final = {78: "something has to be put right first, as the sentence says"}
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
            "encore playground --locale fr --data try": "in French; it goes on there next time",
        },
        ("PACKS_DIR",),
        {0: "you stopped it", **_FAULTS},
    ),
    "run": Guidance(
        {
            "encore run": "with the token that stands in .env",
            "HEALTH_PORT=8080 encore run": "so that a supervisor can ask how it is",
        },
        tuple(VARIABLES),
        {
            0: "it was told to stop, by Ctrl-C or SIGTERM",
            **_WRONG_WORDS,
            75: "another bot has its folder or its port: starting it again may help",
            78: "a setting has to be put right: starting it again won't help",
        },
    ),
    "doctor": Guidance(
        {
            "encore doctor": "look at everything; nothing is changed",
            "encore doctor --json": "for a program",
        },
        tuple(VARIABLES),
        {
            0: "everything is fine",
            **_WRONG_WORDS,
            75: "something is missing for now, such as the network",
            78: "something has to be put right first; the last line says what",
        },
    ),
    "health": Guidance(
        {
            "encore health": "ask the bot that runs with the same HEALTH_PORT",
            "encore health --json": "all that it says of itself",
        },
        ("HEALTH_PORT",),
        {0: "it's well", 1: "it isn't, or doesn't answer", **_WRONG_WORDS, **_TO_MEND},
    ),
    "stats": Guidance(
        {
            "encore stats": "the last 30 days, also while no bot runs",
            "encore stats --days 365": "a year",
            "encore stats --json": "for a program",
        },
        (*_KEPT, "HEALTH_PORT", "NO_COLOR"),
        {0: "also where nobody has asked anything", **_FAULTS},
    ),
    "reports": Guidance(
        {
            "encore reports": "each with its file and line",
            "encore reports --json": "for a program",
        },
        _KEPT,
        {0: "also where there are none", **_FAULTS},
    ),
    "backup": Guidance(
        {
            "encore backup": "beside the daily ones, in DATA_DIR/backups",
            "encore backup encore.zip": "to a file, to take to another machine",
        },
        _KEPT,
        {0: "it's written", **_FAULTS},
    ),
    "restore": Guidance(
        {"encore restore encore.zip": "stop the bot first; what was there is kept for 7 days"},
        _KEPT,
        {0: "it's back", **_FAULTS},
    ),
    "forget": Guidance(
        {
            "encore forget 123456789012345678": "says what there is, and asks",
            "encore forget 123456789012345678 --yes": "from a script",
        },
        _KEPT,
        {0: "nothing is left", 1: "you said no", **_FAULTS},
    ),
    "load": Guidance(
        {
            "encore load talk.txt": "show what was understood, and ask",
            "encore load talk.txt --preview": "put it right on a page first",
            'encore load talk.srt --speaker "Speaker 1=Ada Example"': "name a voice",
            "encore load talk.html --dry-run --json": "for a program; nothing is written",
            "encore load --undo": "take the last one away again",
        },
        _KEPT,
        {0: "it's loaded, or shown", 1: "you said no", **_FAULTS},
    ),
    "new-pack": Guidance(
        {
            "encore new-pack data/mine --from talk.txt --preview": "pick its quotes on a page",
            "encore new-pack data/mine --from talk.txt": "with all that was said as quotes",
            "encore new-pack data/mine": "empty, with comments that say what to fill in",
        },
        (),
        {0: "it's written", 1: "you stopped the page before", **_FAULTS},
    ),
    "edit": Guidance(
        {
            "encore edit data/mine": "pick, change and take out quotes",
            "encore edit data/mine --from talk.txt": "where the pack has no answers.jsonl",
        },
        (),
        {0: "you stopped it", **_FAULTS},
    ),
    "check": Guidance(
        {
            "encore check": "all interviews in PACKS_DIR",
            "encore check data/mine --fix": "fill in missing numbers, then check",
            "encore check data/mine --transcript talk.txt": "is each quote word for word?",
            "encore check data/mine --json": "for an editor that marks mistakes",
        },
        ("PACKS_DIR",),
        {0: "no mistakes", 1: "there are mistakes", **_FAULTS},
    ),
    "completion": Guidance(
        {
            "source .venv/bin/activate": "first, so that encore alone is a command",
            'eval "$(encore completion bash)"': "in ~/.bashrc; for zsh alike, in ~/.zshrc",
            "encore completion fish | source": "in ~/.config/fish/config.fish",
            "encore completion powershell | Out-String | Invoke-Expression": "in $PROFILE",
        },
        (),
        {0: "it's written", **_WRONG_WORDS},
    ),
}
