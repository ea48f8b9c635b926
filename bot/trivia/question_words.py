"""What kinds of trivia are called, and what members can find wrong with a question."""

from typing import Final

from bot.state.reports import Reason
from bot.text import _
from bot.trivia.kinds import Kind

KINDS: Final = {
    Kind.CURATED: _("Classic"),
    Kind.WHO: _("Who?"),
    Kind.LINE: _("The missing word"),
    Kind.QUESTION: _("Which question?"),
    Kind.COMPARE: _("Compare"),
    Kind.TRUE_OR_FALSE: _("True or false"),
}
REASONS: Final = {
    Reason.WRONG: _("The answer is wrong"),
    Reason.AMBIGUOUS: _("More than one choice is right"),
    Reason.SPOILER: _("It gives away the story"),
    Reason.SPELLING: _("There's a typo"),
    Reason.UNKIND: _("It's unkind to somebody"),
}
