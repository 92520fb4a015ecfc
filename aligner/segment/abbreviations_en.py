"""English abbreviations and telling words, grouped by how they behave.

All are lower case and without the last dot; a comment gives the sentence that
put a group here. A word belongs to one group of abbreviations only. The words
that open a sentence decide whether “Inc. The” is one sentence or two.
"""

# “Mr. Brown met Dr. Lee and Gen. Grant in St. Louis.” A name follows; written with a capital.
TITLES = frozenset(
    "mr mrs ms mx messrs mme mlle dr drs prof rev revd hon sen sens rep reps gov govs gen col lt"
    " sgt capt cpt cmdr cdr maj adm brig cpl pvt pfc supt insp amb pres atty msgr fr sr sra srta"
    " st ste mt ft".split()
)

# “Many animals, e.g. Siberian tigers”; “Roe v. Wade”; “P.S. Write!”
NEVER_LAST = frozenset(
    "e.g i.e eg ie vs v cf viz ca approx incl excl esp trans ed eds q.v a.k.a ps p.s p.p.s".split()
)

# “See Fig. 2”; “No. 5”; “pp. 10–12”; “on Jan. 5”; “vol. II”: a number follows.
BEFORE_NUMBER = frozenset(
    "no nos nr fig figs vol vols p pp ch chap sec sect art arts eq eqs tab pt para ex app c col"
    " ver op ext tel ref refs l ll n nn jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

# “Acme Inc. Chief Ann Lee”, “Smith et al. Nature”, but “at Acme Inc. | He left”: a name may go
# on, an opener may not.
MAY_BE_LAST = frozenset(
    "inc ltd co al corp bros plc llc llp lp gmbh jr esq dept univ assn assoc ave blvd rd ln hwy sq"
    " apt dist est govt natl intl mfg bldg misc ph.d phd m.d b.a m.a b.s m.s d.d.s j.d u.s u.k"
    " u.n e.u u.s.a u.s.s.r d.c n.y l.a n.j u.a.e a.d b.c b.c.e c.e".split()
)

# “apples, pears, etc. | We ate”, “etc. were sold”: the next letter decides.
LAST = frozenset(["etc"])

# “in Boston, Mass. Police said”; written with a capital, for “he fell ill” ends a sentence.
STATES = frozenset(
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb"
    " nev okla ore pa penn tenn tex va vt wash wis wyo ont que".split()
)

# “at 5 p.m. Monday”, “at 9 a.m. ET”: the day or the zone goes on.
CLOCK = frozenset(["a.m", "p.m"])
AFTER_CLOCK = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri"
    " Sat Sun January February March April June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec GMT UTC EST EDT ET CST CDT CT PST PDT PT"
    " MST MDT MT BST CET CEST IST JST AEST Eastern Central Pacific Mountain Greenwich"
    " Moscow".split()
)

# “Yahoo! Inc. said”, “the Jeopardy! host”: the name carries its own mark.
MARKED_NAMES = frozenset("yahoo jeopardy oklahoma".split())

# “‘Where is it?’ John asked.” The clause that reports may begin with the name.
SPEECH = frozenset(
    "said says asked asks replied cried answered exclaimed shouted whispered added called demanded"
    " inquired enquired continued repeated muttered murmured screamed yelled observed remarked"
    " returned thought wrote wondered laughed sighed groaned snapped declared".split()
)

# “in the U.S. | The army”: words that open a sentence and are no names.
OPENERS = frozenset(
    "the a an this that these those he she it we they you i his her its our their my your there"
    " here in on at for from with by as if when while after before during since until although"
    " though because but and or so nor yet however then thus therefore moreover furthermore"
    " meanwhile nevertheless instead also still both each every either neither some many most all"
    " no not none another other such what why how who whom whose where which is are was were do"
    " does did has had have can could would should must let to under over about between through"
    " despite according once only even just perhaps maybe please well yes now today yesterday"
    " tomorrow first second finally later again one two three several few more much nobody"
    " everyone everybody someone something nothing everything anyone it's i'm i've i'd i'll he's"
    " she's that's there's they're we're we've you're don't didn't doesn't isn't can't let's it’s"
    " i’m i’ve i’d he’s she’s that’s there’s they’re we’re don’t didn’t let’s unlike given among"
    " within without like".split()
)

# “the end of Act I. | Ann stays”: here “I” is a number.
NUMBERED = frozenset(
    "act part volume vol book war type phase class chapter level scene stage grade".split()
)

# “John F. He” is hardly a name, but “Kim I. So”, “Nguyen T. An” are.
SURNAMES = frozenset("so an no do to you i a on in".split())

# “Bus service is available. | it is not frequent”: a small letter after a full stop.
SMALL_OPENERS = frozenset(
    "the this that these those he she it we they you i his her our their my your there here if when"
    " but so because what why how who where which is are was were do does did can could would"
    " should must please maybe also then it's i'm i've i'd i'll he's she's that's there's they're"
    " we're you're don't didn't its im ive dont".split()
)

# “What for? and why”: here a question goes on with a small letter, as in older books.
CONJUNCTIONS = frozenset("and or nor but for yet".split())

# “We need a — | Do you have any?”: whoever begins so was not being named or explained.
AFTER_DASH = frozenset(
    "he she we they you it there this that these those and but so then do does did is are was were"
    " have has can could will would what why how who where when see yes no oh well okay"
    " although".split()
)

# “a bus stop | They never came”: a capital on these in the middle; “and He was” may be awe.
UNMARKED_OPENERS = frozenset("she we they there".split())

# “Kind regards, | Ann Lee”, “Dear Mr. Lee, | Thank you”: a letter's first and last words.
FORMULAS = (
    r"(?:(?:Best|Kind|Kindest|Warm|Warmest) )?[Rr]egards|Sincerely(?: [Yy]ours)?|Cheers|Cordially"
    r"|Yours(?: (?:truly|sincerely|faithfully))?|(?:Many )?[Tt]hanks|Best(?: wishes)?"
    r"|Dear(?: [A-Z][\w.]*){1,3}"
)
