"""Words that deny, in English and Russian, and those that hide a denial.

The two languages deny differently: "few", "hardly", "fail to", "unless" become «не» as often as
not, and «не» becomes "un-", "lack", "refuse". So each language has what *certainly* denies (and
must be found again), set phrases where the same words deny nothing, and what *may* deny (where
it may be found). Russian doubles: «никто ничего не сказал» is one denial.
"""

from __future__ import annotations

import re

_SURE_EN = (
    r"\b(?:not|cannot|never|nobody|nothing|nowhere|neither|none|nor|without)\b|n['’]t\b"
    r"|\bno\b(?!\.|\s*\d)"  # "No. 5" is a number
)
_SURE_RU = r"(?<![\w-])(?:не|нет|нельзя|без|безо|невозможно|нечего|некому|негде)(?![\w-])"
_SET_EN = (
    r"\bnot (?:only|just|least|to mention|until)\b|\bno (?:longer|more than|less than|doubt|matter"
    r"|later than|one|sooner)\b|\b(?:whether|or|if|why) not\b|\bnothing but\b|\bno-\w+"
)
_SET_RU = (
    r"\bне (?:только|просто|менее|более|меньше|больше|позднее|позже|раз|так давно|исключено)\b"
    r"|\b(?:тем не менее|пока не|едва ли не|чуть ли не|если не|не говоря|не что иное)\b"
    r"|\bне мог\w* не\b|\bнельзя не\b|\bне в последнюю очередь\b|\bникак нельзя\b"
)
_MAY_EN = (
    r"\b(?:un(?!der|i|til)|non-?|dis|mis)\w{3,}|\w{3,}less(?:ly|ness)?\b"
    r"|\b(?:in(?=a[bcdp]|c[oa][mnrp]|def|dep|dir|ef|ex|su|vi)|im(?=p[eor]|m[aou]|b)|il(?=[l])|ir(?=r))\w{4,}"
    r"|\b(?:few|fewer|little|less|hardly|barely|scarcely|rarely|seldom|unless|fail\w*|lack\w*"
    r"|absen\w+|refus\w+|den(?:y|ied|ies|ial)|prevent\w*|avoid\w*|reject\w*|rul(?:ed?|ing) out|ban"
    r"|banned|prohibit\w*|miss\w*|except|far from|instead|rather than|too|doubt\w*|other than"
    r"|beyond|against|exclud\w*|declin\w*|unable|ignor\w*|neither|former|stop\w*|free|as opposed)\b"
)
_MAY_RU = (
    r"\bне(?!скольк|котор|дел|фт|мец|рв|бос|бес|бол?ьш|давн|сет|сти|сут|сл[аио]|кто|йтр|йро|т\b)[а-яё]{3,}"
    r"|\b(?:без(?!опас)|бес(?!ед|плат|ш))[а-яё]{3,}|\b(?:анти|противо)[а-яё]{4,}|\bвне\b"
    r"|\bни(?:кто|кого|кому|кем|что|чего|чему|чем|когда|где|куда|как)[а-яё]*"
    r"|\b(?:ни|лишь|кроме|мало|вместо|помимо|отсутств\w+|отказ\w+|отриц\w+|запре[тщ]\w+|исключ\w+"
    r"|лиш(?:ен|ит|ил)\w*|избе[гж]\w+|избав\w+|предотвра\w+|прекра[тщ]\w+|отверг\w+|против|вряд|едва"
    r"|редко|слишком|перест\w+|отмен\w+|чужд\w*|сомн\w+|опроверг\w*|уклон\w+|дефицит\w*|иначе|вопреки"
    r"|свободн\w+|потерял\w*|утратил\w*|упуст\w+|пропуст\w+|скрыва\w+|умалч\w+|далек\w*)\b"
)

SURE = {lang: re.compile(p, re.I) for lang, p in (("en", _SURE_EN), ("ru", _SURE_RU))}
"""What certainly denies."""
SET_PHRASES = {lang: re.compile(p, re.I) for lang, p in (("en", _SET_EN), ("ru", _SET_RU))}
"""Where such a word denies nothing, or is rendered by anything."""
MAY = {lang: re.compile(p, re.I) for lang, p in (("en", _MAY_EN), ("ru", _MAY_RU))}
"""What may stand where the other language denies."""

PRONOUNS_RU = re.compile(
    r"(?<![\w-])(?:никто|никого|никому|никем|ничто|ничего|ничему|ничем|никогда|нигде|никуда|никак"
    r"|никак(?:ой|ая|ое|ие|ого|их|им|ими|ую|ому|ом)"
    r"|(?<!как )(?<!что )(?<!бы )(?<!кто )(?<!где )(?<!куда )(?<!то )ни)(?![\w-])",
    re.IGNORECASE,
)
"""Russian words that want a «не» in their sentence: «никто не пришёл», «ни один не пришёл»."""

NOT_ONLY = {
    "en": (
        re.compile(r"\bnot (?:only|just|merely|simply)\b", re.I),
        re.compile(r"\bonly\b.*\bbut (?:also|at|in|for)\b", re.I),
    ),
    "ru": (
        re.compile(r"\bне (?:только|просто)\b", re.I),
        re.compile(r"\bтолько\b.*\bно и\b", re.I),
    ),
}
"""«не только …, но и», and what is left of it without the «не»."""
