"""Numbers in digits and in words as parts that both languages share.

A number below a thousand is the sum of few parts that both languages name alike, so it is
known by them: "nine hundred and twelve", «девятьсот двенадцать», 912 and CMXII are all 9, 100
and 12. Round thousands are a number and 1000; others, such as years, are known by their digits.

Not told apart: what only the order of the parts says. Not read: "one" and «один», which are
pronouns more often than counts, fractions, and numbers inside other words («двухлетний»).
The checks read numbers far more closely (`checks.number_reading`), at a price that alignment
need not pay.
"""

from __future__ import annotations

import re

NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f ]\d+)*")
WORD = re.compile(r"[^\W\d_]{3,}")
ROMAN = re.compile(
    r"\b(?=[MDCLXVI]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=\w)\b"
)
ROMAN_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}

ENGLISH = """
2 two second
3 three third
4 four fourth
5 five fifth
6 six sixth
7 seven seventh
8 eight eighth
9 nine ninth
10 ten tenth
11 eleven eleventh
12 twelve twelfth dozen dozens
13 thirteen thirteenth
14 fourteen fourteenth
15 fifteen fifteenth
16 sixteen sixteenth
17 seventeen seventeenth
18 eighteen eighteenth
19 nineteen nineteenth
20 twenty twentieth
30 thirty thirtieth
40 forty fortieth
50 fifty fiftieth
60 sixty sixtieth threescore
70 seventy seventieth
80 eighty eightieth fourscore
90 ninety ninetieth
100 hundred hundreds hundredth
1000 thousand thousands thousandth
1000000 million millions mln
1000000000 billion billions
"""
RUSSIAN = """
2 два две двух двум двумя двое двоих двоим втор~
3 три трех трем тремя трое троих троим третий третья третье третьего третьему третьим третью третьей
4 четыре четырех четырем четырьмя четверо четверых четверт~
5 пят^ пят~ пятеро
6 шест^ шест~ шестеро
7 семь семи седьм~ семеро
8 восемь восьми восьмью восемью восьм~
9 девят^ девят~
10 десят^ десят~
11 одиннадцат^ одиннадцат~
12 двенадцат^ двенадцат~ дюжина дюжины дюжину дюжин дюжиной
13 тринадцат^ тринадцат~
14 четырнадцат^ четырнадцат~
15 пятнадцат^ пятнадцат~
16 шестнадцат^ шестнадцат~
17 семнадцат^ семнадцат~
18 восемнадцат^ восемнадцат~
19 девятнадцат^ девятнадцат~
20 двадцат^ двадцат~
30 тридцат^ тридцат~
40 сорок сорока сороков~
50 пятьдесят пятидесяти пятьюдесятью пятидесят~
60 шестьдесят шестидесяти шестьюдесятью шестидесят~
70 семьдесят семидесяти семьюдесятью семидесят~
80 восемьдесят восьмидесяти восемьюдесятью восьмидесят~
90 девяносто девяноста девяност~
100 сто ста сот~
200 двести двухсот двумстам двумястами двухстах двухсот~
300 триста трехсот тремстам тремястами трехстах трехсот~
400 четыреста четырехсот четыремстам четырьмястами четырехстах
500 пятьсот пятисот пятистам пятьюстами пятистах
600 шестьсот шестисот шестистам шестьюстами шестистах
700 семьсот семисот семистам семьюстами семистах
800 восемьсот восьмисот восьмистам восемьюстами восьмистах
900 девятьсот девятисот девятистам девятьюстами девятистах
1000 тысяча тысячи тысяч тысячу тысячей тысячам тысячами тысячах тысячн~ тыс
1000000 миллион миллиона миллионов миллиону миллионом миллионам миллионами млн
1000000000 миллиард миллиарда миллиардов миллиарду миллиардом миллиардами млрд
"""
ENDINGS = {  # of counts and of ordinals
    "^": "ь и ью".split(),
    "~": "ой ый ая ое ые ого ому ым ом ую ых ыми".split(),
}


def number_parts(text: str) -> list[int]:
    """The parts of all numbers of a text, in digits, then Roman, then in words.

    Examples: "105 men" -> [100, 5]; «сто пять» -> [100, 5]; "in 1871" -> [1871]
    """
    digits = ("".join(filter(str.isdigit, number)) for number in NUMBER.findall(text))
    values = [*map(int, digits), *map(roman_value, ROMAN.findall(text))]
    found = [part for value in values for part in parts_of(value)]
    words = WORD.findall(text.lower().replace("ё", "е"))
    if PARTS.keys().isdisjoint(words):  # most sentences
        return found
    return found + [part for word in words if word in PARTS for part in PARTS[word]]


def roman_value(number: str) -> int:
    """Example: "XIV" -> 14"""
    values = [ROMAN_VALUES[sign] for sign in number]
    after = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, after, strict=True))


def parts_of(value: int) -> tuple[int, ...]:
    """Example: 912 -> (9, 100, 12); 15000 -> (15, 1000); 1871 -> (1871,)"""
    for scale in (1_000_000_000, 1_000_000, 1000):
        if value >= scale:
            rest = value // scale
            round_ = value % scale == 0 and rest < 1000
            return (*(parts_of(rest) if rest > 1 else ()), scale) if round_ else (value,)
    hundreds, rest = divmod(value, 100)
    parts = [hundreds] if hundreds > 1 else []
    parts += [100] if hundreds else []
    if rest > 20 and rest % 10:
        return (*parts, rest - rest % 10, rest % 10)
    return (*parts, rest) if rest or not parts else tuple(parts)


def _parts_of_words() -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for row in filter(None, (ENGLISH + RUSSIAN).split("\n")):
        value, *words = row.split()
        for word in words:
            for form in [word[:-1] + end for end in ENDINGS.get(word[-1], ())] or [word]:
                table[form] = parts_of(int(value))
    return table


PARTS = _parts_of_words()
