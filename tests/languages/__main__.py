"""Bring the catalogues up to date, or begin one: `uv run python -m tests.languages de`."""

import argparse
import sys

from tests.languages.catalogues import begin, completeness, languages, read, template, update


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.languages", description=__doc__)
    parser.add_argument("locale", nargs="*", help="a language to begin, such as de")
    parser.add_argument(
        "--report", action="store_true", help="only say how complete they are, and change nothing"
    )
    arguments = parser.parse_args()
    for locale in arguments.locale:
        begin(locale)
    source = template()
    for locale in languages():
        sys.stdout.write(f"{locale}: {completeness(read(locale), source)}\n")
        if not arguments.report:
            update(locale)


if __name__ == "__main__":
    main()
