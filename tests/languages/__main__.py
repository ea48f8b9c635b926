"""Bring the catalogues up to date: `uv run python -m tests.languages`, or with a new language."""

import sys

from tests.languages.catalogues import begin, languages, update


def main() -> None:
    for locale in sys.argv[1:]:
        begin(locale)
    for locale in languages():
        catalogue = update(locale)
        todo = sum(not message.string or message.fuzzy for message in catalogue if message.id)
        sys.stdout.write(f"{locale}: {len(catalogue)} messages, {todo} to translate\n")


if __name__ == "__main__":
    main()
