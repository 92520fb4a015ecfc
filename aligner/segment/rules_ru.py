"""Russian rules, in the order in which they are asked."""

from __future__ import annotations

from aligner.segment import abbreviations_ru as data
from aligner.segment import rules_common as common
from aligner.segment.candidates import Marks
from aligner.segment.gaps import Gap, Verdict

# A Russian abbreviation is cut behind a consonant: «обл.», «руб.», «совр.». What ends in a
# vowel, in «ь», «й» or in one of these endings is a whole word.
_WHOLE_ENDINGS = tuple("а е ё и о у ы э ю я ь й ах ях ов ев ет ют ут ам ям".split())

_VERB_ENDINGS = tuple("л ла ло ли лся лась лось лись ет ут ют ит ат ят ется ится".split())


def capital_goes_on(gap: Gap) -> Verdict | None:
    """«вирусы типа А и других», «ибо Я знаю»: no sentence ends in «типа», «ибо», «и», «для»."""
    if gap.kind != "opener":
        return None
    word = _folded(gap.word)
    lettered = len(gap.next_word) == 1 and word in data.KINDS
    return Verdict.JOIN if lettered or word in data.NEVER_FINAL else None


def pair(gap: Gap) -> Verdict | None:
    """«т. е. Москва» goes on; «столы, стулья и т. д. | Потом» may end."""
    words = _two_words(gap)
    if words in data.PAIRS_NEVER_LAST:
        return Verdict.JOIN
    return Verdict.SPLIT if words in data.PAIRS_MAY_BE_LAST else None


def before_number(gap: Gap) -> Verdict | None:
    """«рис. 2», «гл. IV», «стр. 5», «ст. 105 УК»: what counts, then the number."""
    if not _is_short(gap) or not common.number_follows(gap):
        return None
    return Verdict.JOIN if _folded(gap.last_part) in data.BEFORE_NUMBER else None


def time_opens(gap: Gap) -> Verdict | None:
    """«В 1812 г. Наполеон», «11 марта 2020 г. ВОЗ объявила»: what only says when is no sentence."""
    if not _after_number(gap) and _two_words(gap) != ("н", "э"):
        return None
    if gap.sentence_words > 8 or _opens(gap):
        return None
    first, *others = _folded(gap.first_words).split()
    verb = any(word.endswith(_VERB_ENDINGS) for word in others)
    opened = first in data.TIME_PREPOSITIONS or first[0].isdigit()
    return Verdict.JOIN if opened and not verb else None


def after_number(gap: Gap) -> Verdict | None:
    """«родился в 1799 г. | Он», «стоит 100 р. | Это», but «в 2019 г. (2 мая), когда»."""
    if not _after_number(gap):
        return None
    aside = gap.ahead.startswith("(") and not gap.inside[:1].isupper()
    return Verdict.JOIN if aside else Verdict.SPLIT


def language(gap: Gap) -> Verdict | None:
    """«(от англ. Member of Parliament)», but «она забыла о нем. | Иван вошёл»."""
    if not _is_short(gap) or _folded(gap.word) not in data.LANGUAGES:
        return None
    bracketed = gap.left_tokens[-1].startswith("(") or _folded(gap.before) in ("от", "с", "из")
    return Verdict.JOIN if bracketed or gap.next_word[:1].isascii() else None


def never_last(gap: Gap) -> Verdict | None:
    """«(т.е. Москва)», «см. Приложение», «урожд. Гончарова»."""
    return Verdict.JOIN if _is_short(gap) and _folded(gap.word) in data.NEVER_LAST else None


def before_name(gap: Gap) -> Verdict | None:
    """«в г. Твери на ул. Садовой», «акад. Павлов», but «он помог им. | Потом ушёл»."""
    if not _is_short(gap) or _opens(gap):
        return None
    word = _folded(gap.word)
    named = word in data.BEFORE_NAME or (word in data.LETTERS_BEFORE_NAME and gap.word.islower())
    return Verdict.JOIN if named else None


def lower_case_writer(gap: Gap) -> Verdict | None:
    """«люблю котов. | они чистые»: who opens in lower case goes on in lower case."""
    if not common.is_in_lower_case(gap):
        return None
    return Verdict.SPLIT if gap.mark != "." or _is_whole(gap) else None


def small_opener(gap: Gap) -> Verdict | None:
    """«Никогда не была в горах. | они меня пугают»: a whole word, then one that opens."""
    if not _is_short(gap) or gap.closers or not gap.ahead[:1].islower() or not _is_whole(gap):
        return None
    code = gap.next_word.isascii()  # «образом. | false становится нулём»
    return Verdict.SPLIT if gap.next_word in data.OPENERS or code else None


def latin_name(gap: Gap) -> Verdict | None:
    """«марки Tweezerman и Dr. PawPaw»: Latin goes on with Latin."""
    if not _is_short(gap) or gap.word.lower() not in data.LATIN:
        return None
    return Verdict.JOIN if gap.next_word[:1].isascii() else None


def initial_or_letter(gap: Gap) -> Verdict | None:
    """«в классе А. | Потом пошли», «в Washington, D.C. | В пятницу»: an opener is no surname."""
    if gap.mark != "." or not gap.initial:
        return None
    several = gap.word != gap.initial and not gap.word.isascii()
    surname = several or (gap.before[:1].isupper() and gap.word == gap.initial)
    foreign = gap.word.isascii() and not gap.next_word[:1].isascii()  # «белок S. | Существует»
    return Verdict.SPLIT if (_opens(gap) or foreign) and not surname else None


def link_goes_on(gap: Gap) -> Verdict | None:
    """«на https://a.ru/1 | Против повышения», but «на https://a.ru/1 Министерства»."""
    if gap.kind != "link":
        return None
    return Verdict.SPLIT if _opens(gap) else Verdict.JOIN


def _is_short(gap: Gap) -> bool:
    """Whether the mark is one full stop on a word, so that it may be an abbreviation's."""
    return gap.mark == "." and not gap.smiles and bool(gap.word)


def _two_words(gap: Gap) -> tuple[str, ...]:
    """The abbreviation before the mark as two words: («т», «д») in «т. д.» and in «т.д.»"""
    if not _is_short(gap):
        return ()
    words = tuple(_folded(gap.word).split("."))
    return words if len(words) == 2 else (_folded(gap.before).rstrip("."), _folded(gap.word))


def _is_whole(gap: Gap) -> bool:
    """Whether the word before the mark can be no abbreviation."""
    return len(gap.word) > 2 and gap.word.isalpha() and gap.word.endswith(_WHOLE_ENDINGS)


def _after_number(gap: Gap) -> bool:
    """Whether the word before the mark is a unit, a year or a century after its number."""
    if not _is_short(gap) or _folded(gap.last_part) not in data.UNITS:
        return False
    return common.is_number(gap.before.rstrip(".,)»"))


def _opens(gap: Gap) -> bool:
    """Whether the right side begins with a capital on a word that is no name."""
    initial = gap.after_next == "." and len(gap.next_word) == 1  # «по словам Н. А. Добролюбова»
    return gap.next_word.lower() in data.OPENERS and gap.next_word[0].isupper() and not initial


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е")


MARKS_RU = Marks(data.FORMULAS, data.UNMARKED_OPENERS, data.AFTER_DASH)

RULES_RU: tuple[common.Rule, ...] = (
    capital_goes_on,
    *common.STRUCTURE,
    common.list_number,
    lower_case_writer,
    small_opener,
    common.lower_case_follows,
    time_opens,
    pair,
    before_number,
    after_number,
    language,
    never_last,
    before_name,
    latin_name,
    initial_or_letter,
    common.initials,
    link_goes_on,
    common.smile_ends,
    common.otherwise,
)
