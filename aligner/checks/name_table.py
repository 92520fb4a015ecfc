"""Names that are another word in the other language: data for `aligner.checks.names`.

Only what does not sound alike: «Германия» and "Germany" find each other. A Russian stem stands
for all forms and for its adjective; English words are lower case.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NAMES = """
    китай кита кнр: china chinese sino beijing prc
    великобритан британ англ: uk britain british england english kingdom gb briton
    уэльс валлий: wales welsh
    шотланд: scotland scottish scots scot scotia
    ирланд: ireland irish
    америк сша: us usa america american americans states
    франц: france french
    испан: spain spanish spaniard
    итал: italy italian
    герман немец: germany german germans
    швейцар: switzerland swiss
    швец швед: sweden swedish swede swedes
    дан датс: denmark danish dane danes
    норвег: norway norwegian
    финлянд: finland finnish finn finns
    польш поляк: poland polish poles pole
    чех: czech czechia
    венгр: hungary hungarian
    хорват: croatia croatian croats
    грец греч: greece greek greeks
    груз: georgia georgian
    голланд нидерланд: netherlands dutch holland
    бельг: belgium belgian
    кипр: cyprus cypriot
    турц турец: turkey turkish turks
    росс русск: russia russian russians
    украин: ukraine ukrainian
    япон: japan japanese
    коре кндр: korea korean dprk
    пхеньян: pyongyang
    пекин: beijing peking
    егип: egypt egyptian
    эфиоп: ethiopia ethiopian
    африк юар: africa african
    маврики: mauritius
    черногор: montenegro
    мексик: mexico mexican
    европ евросоюз: europe european eu
    рим: rome roman
    париж: paris
    афин: athens
    венец: venice
    неапол: naples
    кельн: cologne
    мюнхен: munich
    иерусалим: jerusalem
    киев: kyiv kiev
    петербург санкт: petersburg saint st
    лос: los la
    нью: new nyc ny
    сан сент: san saint st
    вашингтон: washington dc
    аризон: arizona az
    калифорн: california calif ca
    луизиан: louisiana lsu
    техас: texas tx
    кремл: kremlin moscow
    москв: moscow kremlin russia
    голливуд: hollywood
    евангел: gospel
    иисус: jesus
    христос христ: christ christmas
    рождеств: christmas
    пасх: easter passover
    богородиц: virgin mary
    иоанн иван: john
    петр: peter
    павел павл: paul
    иаков яков: james jacob
    иосиф: joseph
    моисе: moses
    ева: eve
    екатерин: catherine katherine
    никола: nicholas
    георг: george
    карл: charles
    генрих: henry
    вильгельм: william wilhelm
    людовик: louis
    франциск: francis
    матфе: matthew
    марс: mars
    земл: earth
    солнц: sun
    лун: moon
    средиземн: mediterranean
    балти: baltic
    тих: pacific
    атлант: atlantic
    ледовит: arctic
    олимп: olympic olympics
    ява: java
    хеопс: khufu cheops
    ази: asia asian
    колумби: columbia dc colombia
    надежд: hope
    """
NAMES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        stem: frozenset(words.split())
        for line in filter(None, map(str.strip, _NAMES.split("\n")))
        for stems, words in [line.split(":")]
        for stem in stems.split()
    }
)
"""A Russian stem -> the English words it may stand for."""

NOT_NAMES = frozenset(
    """the a an and or but if in on at to of for from by with as it its he she they we you his
    her their our this that these those there then when while where what who how why not no
    yes one also however although though after before since under over about into out up all
    some any each every most many more both here now just only even still so because according
    during acting mr mrs ms dr sir lady lord sen rep gov gen col prof president prime minister
    senator governor secretary king queen prince princess pope professor doctor captain judge
    justice chief director chairman officer general police department state states national
    international university college school institute center centre hospital court supreme
    house senate congress parliament council committee commission assembly agency bureau
    office ministry government party democratic democrat democrats republican republicans
    labour conservative liberal company corporation group bank association union league cup
    championship premier world war city county district street road avenue park river lake sea
    ocean mountain island islands north south east west northern southern eastern western
    central new old great upper lower black white monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october
    november december god church bible book act law bill st san los la az ca tx dc judiciary
    treaty cape hemisphere continental republic kingdom empire dynasty independence cathedral
    lsu coast valley bay gulf peninsula strait route highway airport station square bridge
    museum theatre theater studio pictures news times post journal magazine radio television
    morning evening summer winter spring autumn fall olympic olympics games open festival
    award awards prize medal army navy force air forces guard royal federal civil public
    health service services security defence defense foreign affairs finance treasury interior
    education research science sciences technology development environment agreement
    convention charter constitution amendment project program programme plan report survey
    study team club united american european english french german british russian chinese
    japanese korean""".split()
)
"""English words that have a capital in titles and at the beginning of sentences."""

NOT_RUSSIAN_NAMES = frozenset(
    """Север Севера Севере Северу Юг Юга Юге Югу Запад Запада Западе Западу Восток Востока Востоке
    Востоку Бог Бога Богу Богом Боге Господь Господа Господу Земля Земли Земле Землю Солнца Солнце
    Луны Луне Луну Рождества Рождество Надежды Веры Любви Победы Мира Славы Свободы Роза""".split()
)
"""Russian words with a capital that the dictionary also knows as names."""
