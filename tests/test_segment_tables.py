"""Where sentences end, as tables to read: a bar stands for each boundary."""

from itertools import pairwise

import pytest

from aligner.segment.engine import split

ENGLISH = [
    # titles, initials, names
    "Mr. Brown met Dr. Lee.| They talked.",
    "J. K. Rowling wrote it.| J.R.R. Tolkien did not.",
    "George W. Bush left.| Gen. Grant stayed in St. Louis.",
    "He chose plan B.| The plan failed.",
    "It was you and I.| Nobody else knew.",
    "He lives on Main St.| The house is red.",
    "Martin Luther King Jr. spoke.| Lee Jr. also spoke.",
    "The case Roe v. Wade was decided.| Smith et al. Nature reported it.",
    # places, firms, states
    "U.S. officials met in Washington, D.C. yesterday.| They left.",
    "He lives in the U.S.| The army does not.",
    "Apple Inc. Chief Tim Cook spoke.| He works at Apple Inc.| He likes it.",
    "In Boston, Mass. Police said no.| She fell ill.| Mary came.",
    "Yahoo! Inc. said so.| What about Yahoo!?| It grew.",
    # numbers, dates, times
    "See Fig. 2 and No. 5.| It shows pp. 10-12.",
    "It costs 3.14 or $1,250.50 today.| That is version 2.0.1 of it.",
    "They came on Jan. 5, 2024.| It rained.",
    "We met at 5 p.m. Monday.| It closed at 9 a.m. ET and opened at 5 p.m.| They left.",
    "World War II.| It ended in 1945.| Vol. II came later.",
    "The answer was no.| Then No. 5 won.",
    # Latin
    "Many animals, e.g. Siberian tigers, live here.| Others, i.e. Amur leopards, do not.",
    "Apples, pears, etc.| Then we ate.| Apples, etc. were sold.",
    "Meet at approx. 5 km vs. Arsenal.| P.S. Write soon.",
    # ellipses and piled-up marks
    "Well…| I do not know.",
    "He waited…| Then he left.",
    "He was, um... not there.| We came … late.",
    "What?!| Really!..| Yes.",
    "Stop!!!| Who is there???| Me.",
    # quotes
    "“Where are you?” he asked.| “Here.”",
    "“Stop!” John said.| “Why?” I asked.",
    '"Stop!" Mary Smith cried.| "No!"| The dog ran.',
    'He said, "I am tired."| She left.',
    'He called it "a mess".| She agreed.',
    "'Is it far?' asked the man.| 'No.'",
    "He said: “I came.| I saw.”| He lied.",
    # brackets and footnotes
    "He left (see Fig. 2).| She stayed.| (He came back.)| They ate.",
    "He studied at Harrow until 1805. [6]| He was unskilled.",
    "This was shown before.[12]| Others disagree [3].| We do not.",
    # lists, headings, layout
    "1. First, open the box.| 2. Then close it.",
    "a. Open it.| B. Close it.",
    "Chapter 2. The House",
    "Thank you.| ----------| This message is private.",
    "Kind regards,| Ann Lee",
    # addresses and files
    "Use Node.js or write to ann.lee@example.com now.| See https://example.com/a.b?c=D.E for more.",
    "Open index.html.| Then run setup.py and README.md.",
    "See https://a.org/1| https://a.org/2",
    # people who do not type with care
    "i like cats.| they are clean.| why not?",
    "Where is it?| is it far?",
    "The bus is late.| it is not frequent.",
    "I love it 😍| Thanks!!! 👍👍| Great :)| Bye",
    "Come tomorrow.|Then we eat.",
    # speakers who are cut off
    "We need a —| Do you have any?",
    "The book – a long one – was sold.",
    # letters and numbers that look like initials
    "It was the end of Act I.| Ann stayed.",
    "He finished third in Super-G.| Ann was fourth.",
    "A review by Whitby et al.| The devices work.",
    "Malcolm X.| He spoke.| J.-P. Sartre listened.",
    # more of the same
    "He has a Ph.D. in physics.| She has an M.A.| They met.",
    "The U.S. and the U.K. agreed.| So did the E.U.| In the end, nobody left.",
    "Is it Mr. or Mrs.?| I do not know.",
    "He was born in St. Petersburg, Fla.| The city is hot.",
    "The firm, Amazon.com Inc., grew.| It sells books.| Inc. magazine wrote it.",
    "Mt. Everest is high.| Ft. Worth is flat.| A 5 ft. wall fell.| It hurt.",
    "“You are late!” she cried.| “I know!” said Tom.",
    "Oh no!! 😱😱| We lost.",
    "See Smith (2004, p. 5).| He disagrees.",
    # one word, mixed script, line breaks
    "Она сказала: Yes.| And «нет» means no.",
    "He left.|\r\nShe stayed.| A line\nbreak is a space.",
    "Yes",
    "…and then it ended.| Yes.",
]  # fmt: skip

RUSSIAN = [
    # инициалы, звания
    "А. С. Пушкин родился в Москве.| М.Ю. Лермонтов тоже.",
    "По словам Н. А. Добролюбова, это так.| С ним согласен В. И. Даль.",
    "Роман Пушкина А. С. Пушкин не окончил.",
    "Он учится в классе А.| Потом перейдёт в Б.",
    "Акад. Павлов и проф. О. Смирнов спорили.| Тов. Иванов молчал.",
    "Школа им. Пушкина закрыта.| Он помог им.| Потом ушёл.",
    # адреса
    "Он жил в г. Твери.| Потом уехал.",
    "Живёт на ул. Садовой, д. 5, кв. 12.| Рядом пл. Ленина.",
    "У с. Покровское течёт р. Волга.| На о. Сахалин холодно.",
    "Город стоит в Московской обл.| Он старый.",
    # годы, века
    "Он родился в 1799 г.| Он умер в 1837 г.| Позже о нём писали.",
    "В 1812 г. Наполеон вошёл в Москву.| Это было в сентябре.",
    "В 1941–1945 гг. шла война.| Она кончилась в 1945 г.",
    "Это построили в XIX в.| Здание стоит.| В V–IV вв. до н. э. здесь жили греки.",
    "Это было в 44 г. до н. э.| Цезаря убили.",
    # числа и единицы
    "Стоит 100 руб.| Это дорого.",
    "Стоит 5 млн руб. в год.| Прибыль 3 млрд.| Убыток 2 тыс.| Всё.",
    "Длина 5 см.| Ширина 3 м.| Площадь 15 кв. м.| Много.",
    "Температура 36,6.| Цена 1 250,50 руб. за штуку.",
    "См. рис. 2 и табл. 3.| На стр. 5 есть гл. IV.",
    "По ст. 105 УК и п. 3 ч. 2.| Суд решил.",
    "Крючок № 10.| Цена 12.03.2025 выросла.",
    # два слова
    "Он врач, т. е. Лечит людей.| Она тоже.",
    "Столы, стулья и т. д.| Потом окна.",
    "Столы и т.п. продаются.| Шкафы и т.д.| Потом окна.",
    "Пришли Иванов, Петров и др.| Они молчали.| Пришли Сидоров и др. гости.",
    "Напр. Волга.| Это т. н. Равнина.",
    # языки
    "Депутаты MWP (от англ. Member of Parliament) ушли.| Она забыла о нем.| Иван вошёл.",
    "Человек (лат. Homo sapiens) разумен.| Да.",
    # многоточия и знаки
    "Он ждал… и ждал.| Потом ушёл…| Стало тихо.",
    "Не знаю...| Может быть.",
    "Что?!| Неужели!..| Да.",
    "…На перемене Юрка ушёл.| Всё.",
    # кавычки
    "«Да!» — сказал он.| «Нет».",
    "Он спросил: «Кто там?»| Никто не ответил.",
    "«Кто там?» — спросил он.| «Я».",
    "Он крикнул: «Стой!», но никто не встал.",
    "Фильм «Кто там?» идёт.| Он сказал: „Нет“.| Всё.",
    # прямая речь
    "— Да, — сказал он.| — Пойдём.",
    "— Да! — сказал он.| — Пойдём!",
    "— Кто там? — спросила она.| — Я.",
    "— Нет!| — Он встал и вышел.",
    # скобки, списки, заголовки
    "Это так (см. выше).| (Правда.)| Дальше.",
    "1. Сначала откройте.| 2. Потом закройте.",
    "а) первый",
    "Глава 1. Начало",
    "Погода в Москве",
    # адреса в сети, файлы, код
    "Пишите на ivan@example.ru или на сайт www.kremlin.ru сегодня.| Ждём.",
    "Откройте файл index.html в Node.js.| Готово.",
    "Преобразование происходит очевидной силой.| false становится нулём.",
    "Приходите завтра.|Будем рады.",
    # посты
    "Ставь ❤️| Мы Алиса и Коля.",
    "Спасибо)))| Очень красиво!😍| Приходите ещё :)| Да",
    "Какой отель?| @anna спасибо| @ivan пожалуйста",
    "Пальмы в снегу. #сочи #зима| Приходите к нам.",
    "Я никогда не была в горы.| они меня пугают.",
    "люблю котов!| они чистые.",
    "Мороз крепчает| На этом этапе лучше ждать.",
    "Спасибо и Вам за вечер.| Боже Ты мой.| Земля, о которой Я сказал.| Вот имя Мое навеки.",
    "С уважением,| Анна",
    # буквы, похожие на инициалы; латиница
    "Вирусы гриппа типа А и других видов.| Это важно.",
    "Он связан с сегментом белка S.| Существует много других.",
    "Марки Essie и Dr. PawPaw.| Газета Washington, D.C.| В пятницу она вышла.",
    "Лыжник занял третье место в Super-G.| Анна была четвёртой.",
    # время открывает предложение
    "11 марта 2020 г. ВОЗ объявила пандемию.| Это было в среду.",
    "В конце марта 2020 г. Иван уехал.| Вернулся он в 2019 г. (2 мая), весной.",
    # стихи без знаков не рубятся по заглавным буквам
    "А ваш мир Может быть Тот мир Куда переселяются Из нашего мира",
    # скобка, а не улыбка
    "(Развёртывает письмо и читает:) Прощайте, сударыня!| (Уходит.)",
    # ещё о том же
    "Т. е. он прав.| Т. к. это так.| Ушли все, в т. ч. Иванов.",
    "Дом 5, корп. 2, стр. 1.| Он высокий.| Ул. Ленина, 5.| Пр. Мира, 3.",
    "Население — 15 тыс. чел.| Площадь — 20 га.| Цена: 5 р. 50 к.| Дорого.",
    "Умер в 1837 г. в Петербурге.| Похоронен там же.| Ок. 1500 г. до н. э. Египет пал.",
    "Он приехал в 2020 г.| Китай был закрыт.| В 2020 г. Китай открылся.",
    "Пушкин А. С. родился в 1799 г.| Лермонтов М. Ю. — в 1814 г.",
    "Это Ж.-Ж. Руссо.| А это Дж. Р. Р. Толкин.| Она к. т. н. Иванова.",
    "Что делать?..| Он не знал.| (Смеётся.)| Ну и ну!",
    "Г-н Иванов и г-жа Петрова.| Они из с. Ивановка и дер. Петровка.| Там тихо.",
    "Он жил при царе Иване IV.| Тот был грозен.",
    "Изд-во «Наука», М., 1990.| Тираж 5 тыс. экз.",
    # смешанные письменности, переводы строк, одно слово
    "Слово The End значит «конец».| Yes значит «да».",
    "Он ушёл.|\r\nОна осталась.| Перевод\nстроки — это пробел.",
    "Да",
]  # fmt: skip


def barred(text: str, lang: str) -> str:
    """The text with a bar behind every sentence but the last."""
    stops = [span.stop for span in split(text, lang)][:-1]
    edges = [0, *stops, len(text)]
    return "|".join(text[start:stop] for start, stop in pairwise(edges))


@pytest.mark.parametrize("case", ENGLISH)
def test_english(case):
    assert barred(case.replace("|", ""), "en") == case


@pytest.mark.parametrize("case", RUSSIAN)
def test_russian(case):
    assert barred(case.replace("|", ""), "ru") == case


VERSE = [
    ("en", "Tyger Tyger, burning bright,|\nIn the forests of the night;"),
    ("ru", "Мороз и солнце; день чудесный!|\nЕщё ты дремлешь, друг прелестный"),
    ("ru", "и утро\nначинается снова"),
]


@pytest.mark.parametrize(("lang", "case"), VERSE)
def test_a_line_of_verse_ends_a_segment_only_in_verse(lang, case):
    text = case.replace("|", "")
    lines = [part.strip() for part in case.split("|")]
    assert [text[s.start : s.stop] for s in split(text, lang, lines=True)] == lines
    if "!" not in text:
        assert len(split(text, lang)) == 1
