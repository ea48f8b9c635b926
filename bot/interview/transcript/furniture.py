"""What stands between and behind voices and is nobody's words: times, links, notes, licences."""

import re
from typing import Final

from bot.interview.transcript.grammar.stamps import is_stamp, without_stamps
from bot.interview.transcript.sources.source_lines import Line, Style

_MOST_LETTERS: Final = 200
_LINK: Final = re.compile(r"<?(?:https?://|www\.)\S*>?|!?\[[^\]]{0,200}\]")
_SIGNS: Final = re.compile(r"[\W\d_]+")
_DIRECTION: Final = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]|\*[^*]{1,80}\*")
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d{2}\s?[ap]\.?m\.?(?:\s\(?[A-Z]{2,5}\)?)?", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"[·•|]?\s{0,3}\d{1,6}[\s-]{0,3}min(?:ute)?s?\b(?: read)?.{0,20}"
    r"|page \d{1,6}(?: of \d{1,6})?",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"(?:photos?|images?|pictures?|credit|source|caption|photograph(?:y|s|er)?)\b[^.!?]{0,120}"
    r"|(?:advertisement|sponsored|share|print|save|comments?|sign up|subscribe|follow us)\b"
    r"[^.!?]{0,80}"
    r"|(?:updated|published|posted)\b[^.!?]{0,80}",
    re.IGNORECASE,
)
# How what follows the last answer begins, in the languages in which people publish interviews.
_END: Final = re.compile(
    r"(?:related (?:content|articles|stories)|more (?:from|on|stories)|read (?:more|next|also)"
    r"|recommended|you may also|share (?:this|on)|sign up|follow us|©|copyright|all rights reserved"
    r"|(?:this|the) (?:interview|conversation|transcript) (?:has been|was) (?:edited|condensed)"
    r"|(?:interview|conversation|transcript(?:ion)?|transcribed|edited|translated|text|photos?)"
    r" by |this entry was posted|retrieved from|tags:|filed under|licensed under|creative commons"
    r"|propos recueillis|(?:cette interview|cet entretien) (?:a |est )|retrouve[zr]? (?:toute|nous)"
    r"|(?:das|dieses) (?:interview|gespräch) (?:führte|wurde|erschien)|die fragen stellte"
    r"|(?:esta|la) entrevista (?:fue|ha sido|se )|entrevista (?:realizada|hecha) por"
    r"|(?:esta|a) entrevista foi|(?:questa|l')intervista è|intervista (?:a cura di|di )"
    r"|(?:беседовала? |интервью (?:взял|провел|провёл|подготов)|иллюстрации )"
    r"|(?:采访|採訪|整理|来源|來源|翻译|翻譯|聞き手|文責)[:：])",
    re.IGNORECASE,
)


def is_furniture(line: Line) -> bool:
    """Say whether a line between turns is a heading, a time, a link, a direction or a note."""
    text = line.text
    return (
        line.style is Style.HEADING
        or is_stamp(text)
        or not is_speech(text)
        or bool(_DIRECTION.fullmatch(text) or _CLOCK.fullmatch(text))
        or (len(text) < _MOST_LETTERS and _is_note(text))
    )


def _is_note(text: str) -> bool:
    """Say whether a line counts, or notes something; "save my boat" goes on with a sentence."""
    is_noted = not text[:1].islower() and _NOTE.fullmatch(text) is not None
    return is_noted or _COUNTED.fullmatch(text) is not None


def is_end(line: Line) -> bool:
    """Say whether, behind the last voice, a line begins what is nobody's."""
    is_start = line.begins and not line.text[:1].islower()
    return line.style is Style.HEADING or (is_start and _END.match(line.text) is not None)


def is_speech(text: str) -> bool:
    """Say whether a text has words, beside times and links."""
    words = without_stamps(text)
    return bool(words) and not (_SIGNS.fullmatch(words) or _LINK.fullmatch(words))
