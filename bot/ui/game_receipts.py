"""What a member is told privately about their round, as cards."""

from bot.interview.audience import Reader
from bot.letters import one_line
from bot.state.game import GameAnswer
from bot.text import Text, _, plural, say
from bot.trivia.game.rounds import right_points
from bot.trivia.game.scenes import AnswerScene, Receipt
from bot.trivia.game.standings import Standing, rival_of, standings
from bot.ui.cards import Card, small
from bot.ui.game_names import ordinal
from bot.ui.markdown import plain
from bot.ui.question_cards import choice_label


def receipt_card(receipt: Receipt, reader: Reader) -> Card:
    """Tell a member what stands for them while the round is open."""
    label = plain(choice_label(receipt.choice, receipt.text))
    match receipt.changes:
        case 0 if receipt.game.setup.is_calm:
            text = _("You chose: {choice}\n-# You can change it once.", choice=label)
        case 0:
            text = _(
                "You chose: {choice}\n-# You can change it once, for fewer speed points.",
                choice=label,
            )
        case None:
            text = _("No more changes. Your answer is {choice}", choice=label)
        case _:
            text = _("Changed to: {choice}\n-# This one's final.", choice=label)
    return Card(reader.locale, reader.say(text))


def outcome_card(scene: AnswerScene, user_id: int, locale: str) -> Card | None:
    """Tell a member how their round was and where they stand; None if they did not answer.

    Who hides from boards is told their own place, and to nobody else.
    """
    own_answers = [answer for answer in scene.answers if answer.user_id == user_id]
    answer = next((each for each in own_answers if each.round == scene.game.round), None)
    if answer is None:
        return None
    table = standings(scene.answers, user_id)
    own = next(standing for standing in table if standing.user_id == user_id)
    verdict = _verdict(scene, answer, _standing(table, own))
    return Card(locale, "\n".join([say(verdict, locale), *_notes(scene, answer, locale)]))


def _verdict(scene: AnswerScene, answer: GameAnswer, standing: Text) -> Text:
    if answer.is_right:
        return _("**Right, +{points}.** {standing}", points=answer.points, standing=standing)
    question = scene.question
    right = plain(one_line(question.choices[question.right]))
    return _("**Not quite:** it was “{right}”\n{standing}", right=right, standing=standing)


def _standing(table: list[Standing], own: Standing) -> Text:
    """Say where somebody stands, and how far from who is next to them."""
    rival = rival_of(table, own)
    if not any(standing.points for standing in table):
        return _("No points yet.")
    if rival is None:
        return plural("You have 1 point.", "You have {count} points.", own.points)
    place, name, gap = ordinal(own.place), f"<@{rival.user_id}>", own.points - rival.points
    if gap < 0:
        return plural(
            "You're {place}, 1 point behind {name}.",
            "You're {place}, {count} points behind {name}.",
            -gap,
            place=place,
            name=name,
        )
    if gap == 0:
        return _("You're {place}, level with {name}.", place=place, name=name)
    return plural(
        "You're {place}, 1 point ahead of {name}.",
        "You're {place}, {count} points ahead of {name}.",
        gap,
        place=place,
        name=name,
    )


def _notes(scene: AnswerScene, answer: GameAnswer, locale: str) -> list[str]:
    """Explain the points where they are earned, and say what was chosen where there are none."""
    if not answer.is_right:
        label = plain(choice_label(answer.choice, scene.question.choices[answer.choice]))
        return [small(say(_("You chose: {choice}", choice=label), locale))]
    notes: list[Text] = []
    quick = answer.points - right_points(scene.game)
    if quick > 0:
        notes.append(_("{points} of that for speed", points=quick))
    if scene.game.is_last_round:
        notes.append(_("the last round counts double"))
    return [small(" · ".join(say(note, locale) for note in notes))] if notes else []
