"""English rules, in the order in which they are asked."""

from __future__ import annotations

from aligner.segment import abbreviations_en as data
from aligner.segment import rules_common as common
from aligner.segment.candidates import Marks
from aligner.segment.gaps import Gap, Verdict

_SHORT_WORDS = frozenset().union(
    data.TITLES, data.NEVER_LAST, data.BEFORE_NUMBER, data.MAY_BE_LAST, data.LAST, data.STATES
)


def street(gap: Gap) -> Verdict | None:
    """“He lives on Main St. | The house”: an opener is no saint and no doctor."""
    if not _is_short(gap) or gap.word not in ("St", "Dr") or not gap.before[:1].isupper():
        return None
    return Verdict.SPLIT if _opens(gap) else None


def title(gap: Gap) -> Verdict | None:
    """“Mr. Brown met Dr. Lee.” A title never ends a sentence."""
    if not _is_short(gap) or not gap.word[:1].isupper():
        return None
    return Verdict.JOIN if gap.word.lower() in data.TITLES else None


def never_last(gap: Gap) -> Verdict | None:
    """“many animals, e.g. Siberian tigers”, “Roe v. Wade”, “P.S. Write soon”."""
    return Verdict.JOIN if _is_short(gap) and gap.word.lower() in data.NEVER_LAST else None


def before_number(gap: Gap) -> Verdict | None:
    """“See Fig. 2”, “No. 5”, “pp. 10–12”, “on Jan. 5”: what counts, then the number."""
    if _is_short(gap) and gap.word.lower() in data.BEFORE_NUMBER and common.number_follows(gap):
        return Verdict.JOIN
    return None


def lower_case_writer(gap: Gap) -> Verdict | None:
    """“i like cats. | they are clean”: who opens in lower case goes on in lower case."""
    if common.is_in_lower_case(gap) and gap.word.lower() not in _SHORT_WORDS:
        return Verdict.SPLIT
    return None


def small_opener(gap: Gap) -> Verdict | None:
    """“Bus service is available. | it is not frequent”: a whole word, then one that opens."""
    if not _is_short(gap) or gap.closers or gap.next_word not in data.SMALL_OPENERS:
        return None
    whole = gap.word.isalpha() and gap.word.islower() and gap.word not in _SHORT_WORDS
    known = gap.word in data.OPENERS or gap.word.replace("-", "").isdigit()
    return Verdict.SPLIT if (whole and len(gap.word) > 2) or known else None


def question_in_lower_case(gap: Gap) -> Verdict | None:
    """“where is it? | is it far”, but “Why? she asked”, “art thou wroth? and why”."""
    if gap.mark[-1:] != "?" or gap.closers or not gap.ahead[:1].islower():
        return None
    if not gap.word[-1:].isalnum():
        return Verdict.JOIN  # “a slash /? near the beginning”
    reported = set(gap.next_words[:2]) & data.SPEECH
    return Verdict.JOIN if reported or gap.next_word in data.CONJUNCTIONS else Verdict.SPLIT


def exclamation_in_lower_case(gap: Gap) -> Verdict | None:
    """“thanks for the game! | they were great”, but “Ah! what have I endured”, “game! and we”."""
    if gap.mark[-1:] != "!" or gap.closers or gap.sentence_words < 3:
        return None
    if set(gap.next_words[:2]) & data.SPEECH:
        return None
    return Verdict.SPLIT if gap.next_word in data.SMALL_OPENERS - data.CONJUNCTIONS else None


def clock(gap: Gap) -> Verdict | None:
    """“at 5 p.m. Monday”, “9 a.m. ET”, but “at 5 p.m. | They left”."""
    if _is_short(gap) and gap.word.lower().lstrip("0123456789:") in data.CLOCK:
        return Verdict.JOIN if gap.next_word in data.AFTER_CLOCK else Verdict.SPLIT
    return None


def may_be_last(gap: Gap) -> Verdict | None:
    """“U.S. officials”, “Smith et al. Nature”, but “in the U.S. | The army”."""
    if not _is_short(gap):
        return None
    word, capital = gap.word.lower(), gap.word[:1].isupper()
    if word in data.MAY_BE_LAST or (capital and word in data.STATES):
        return Verdict.SPLIT if _opens(gap) else Verdict.JOIN
    return None


def initial_or_letter(gap: Gap) -> Verdict | None:
    """“plan B. | He agreed”, “you and I. | Ann knows”: an opener is no surname."""
    if gap.mark != "." or not gap.initial:
        return None
    if gap.word == "I" and _is_pronoun_or_number(gap.before):
        return Verdict.SPLIT
    named = gap.before[:1].isupper() and gap.next_word.lower() in data.SURNAMES
    return Verdict.SPLIT if _opens(gap) and not named else None


def _is_pronoun_or_number(before: str) -> bool:
    """Whether the “I” after this word is no initial: “you and I.”, “not I.”, “Act I.”"""
    return before[:1].islower() or before.endswith(",") or before.lower() in data.NUMBERED


def marked_name(gap: Gap) -> Verdict | None:
    """“Yahoo! Inc. said”, “the Jeopardy! host”: the mark belongs to the name."""
    if gap.mark == "!" and not gap.closers and gap.word.lower() in data.MARKED_NAMES:
        return None if _opens(gap) else Verdict.JOIN
    return None


def speech_clause(gap: Gap) -> Verdict | None:
    """“‘Where is it?’ John asked”, but “‘Is it?’ | ‘Yes,’ said John”, “‘Is it?’ | She asked”."""
    if not gap.closers or gap.mark[-1:] not in ("?", "!") or not gap.ahead[:1].isupper():
        return None
    if len(gap.next_words) < 2:
        return None
    subject, verb, *others = gap.next_words
    if subject == "I":
        return Verdict.JOIN if verb in data.SPEECH else None
    if subject.lower() in data.OPENERS:
        return None
    two_names = bool(others) and verb[:1].isupper() and others[0] in data.SPEECH
    return Verdict.JOIN if verb in data.SPEECH or two_names else None


def link_goes_on(gap: Gap) -> Verdict | None:
    """“at https://a.org/1 | We have moved”, but “at https://a.org/1 John writes”."""
    if gap.kind != "link":
        return None
    return Verdict.SPLIT if _opens(gap) else Verdict.JOIN


def _is_short(gap: Gap) -> bool:
    """Whether the mark is one full stop on a word, so that it may be an abbreviation's."""
    return gap.mark == "." and not gap.smiles and bool(gap.word)


def _opens(gap: Gap) -> bool:
    """Whether the right side begins with a capital on a word that is no name."""
    initial = gap.next_word != "I" and gap.after_next == "." and len(gap.next_word) == 1
    return gap.next_word.lower() in data.OPENERS and gap.next_word[0].isupper() and not initial


MARKS_EN = Marks(data.FORMULAS, data.UNMARKED_OPENERS, data.AFTER_DASH)

RULES_EN: tuple[common.Rule, ...] = (
    *common.STRUCTURE,
    common.list_number,
    street,
    title,
    never_last,
    before_number,
    lower_case_writer,
    small_opener,
    question_in_lower_case,
    exclamation_in_lower_case,
    common.lower_case_follows,
    clock,
    may_be_last,
    initial_or_letter,
    common.initials,
    marked_name,
    speech_clause,
    link_goes_on,
    common.smile_ends,
    common.otherwise,
)
