"""Words that say little about what a sentence is about, in both languages.

A translation adds and drops them freely ("the", «же»), so a missing one is no evidence of
an omission. Closed classes only (articles, pronouns, prepositions, conjunctions, auxiliary
and modal verbs, particles), in all their forms; three letters or more, since shorter
words are never looked at. Russian without «ё».
"""

from __future__ import annotations

ENGLISH = frozenset(
    """
    the and that this these those with from for you your yours yourself his him himself her hers
    herself they them their theirs themselves its itself she our ours ourselves myself mine who
    whom whose which what where when why how whether there here have has had having been being
    was were are did does doing done not nor but yet than then too also very just only even
    still such some any all each every both either neither one ones other others another same
    own more most much many few less least into onto upon over under above below between among
    about against after before during until till since while because although though unless
    through throughout toward towards within without along across behind beyond near off out
    down per via can could may might must shall should will would ought need let get gets got
    getting now again once ever never always often however thus hence therefore moreover itself
    quite rather almost already perhaps indeed well like upon
    """.split()
)
RUSSIAN = frozenset(
    """
    это этот эта эти этого этой этом этому этим этих этими эту тот того той том тому тем тех
    теми что чего чему чем кто кого кому кем как какой какая какое какие какого каких каким
    какими какую какой так такой такая такое такие такого таких таким такими такую такому
    который которая которое которые которого которой котором которому которым которых которыми
    которую где куда откуда когда почему зачем или либо ибо чтобы чтоб если хотя пока потому
    поэтому также тоже лишь только даже уже еще ведь вот вон ему его ней нее нему ним ней них
    ними она они оно ими мне мной меня вам вами вас нам нами нас тебе тебя тобой себя себе собой
    мой моя мое мои моего моей моих моим моими твой ваш ваша ваше ваши вашего вашей вашим ваших
    наш наша наше наши нашего нашей нашим наших нашими свой своя свое свои своего своей своем
    своему своим своих своими свою был была было были быть есть будет будут буду будем бывает
    являются является являлся являлась для при про над под без через между перед после около
    среди против вместо кроме ради вокруг вдоль внутри возле из-за из-под всех всем всеми всего
    всей всему весь вся все всю сам сама само сами самого самой самих самим самый самая самое
    самые самых более менее очень весьма много мало столько сколько нет нету можно нужно надо
    нельзя может могут мог могла могли должен должна должно должны один одна одно одни одного
    одной одном одному одним одних другой другая другое другие другого других другим другими
    другую каждый каждая каждое каждые каждого каждой любой любая любое любые здесь там тут
    тогда теперь сейчас всегда никогда иногда опять снова затем потом однако зато впрочем кстати
    итак именно почти совсем вполне
    """.split()
)
COMMON = {"en": ENGLISH, "ru": RUSSIAN}
"""By language."""
