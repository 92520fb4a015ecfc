"""Nothing in a text or a file name is ever run, and nothing asks the network for anything."""

import re

import pytest
from browsing import MADE_BY, TABLE, page_of, pairs_of

from aligner.records import Pair, Provenance, Span
from aligner.review.data import Remark, embedded

ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://example.org/x.png>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "<a href=javascript:alert(1)>a</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>body { display: none }</style></style>",
    "<base href=https://example.org/>",
    "<meta http-equiv=refresh content='0; url=https://example.org'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "${alert(1)} `x` \\u003cscript\\u003e @data@ @script@ @policy@",
    "one\u2028two\u2029three",
    "\u202eabc\u202c \u200fאבג\u200f \u2067x",
    "]]> <![CDATA[ <?xml ?>",
    "__proto__ constructor toString",
    "x" * 5000,
    "Ё" * 3000 + " e\u0301\u0302\u0303" * 50,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_text_from_documents_stays_text(opened, attack):
    made_by = Provenance(attack, attack, "en", "ru", attack, attack)
    pairs = [Pair(attack, f"Да. {attack}", Span(0, 1), Span(0, 1), 0.5, 0.5, made_by, attack)]
    found = [Remark(0, attack, "error", attack, (Span(0, 5),), (Span(4, 9),))]
    page = opened(page_of(pairs, found, attack))  # `opened` sees alerts, requests and errors
    assert page.rows()[0][1:3] == [[attack], [f"Да. {attack}"]]
    assert attack in page.tab.evaluate("() => document.querySelector('#title').textContent")
    assert attack in page.tab.evaluate("() => document.querySelector('.findings').textContent")
    page.press("o", "e", "Escape", "s", "Escape", "m")
    assert (
        page.tab.evaluate("() => document.querySelectorAll('img, iframe, base, .row a').length")
        == 0
    )
    assert page.tab.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_script_that_gets_in_is_refused(opened):
    page = opened()
    page.tab.evaluate(
        """() => {
            const script = document.createElement("script");
            script.append("window.wasRun = true");
            try { document.body.append(script); } catch {}
            try { document.body.innerHTML = "<img src=x onerror='window.wasRun = true'>"; } catch {}
            try { document.body.setAttribute("onclick", "window.wasRun = true"); } catch {}
            document.body.click();
        }"""
    )
    assert page.tab.evaluate("() => window.wasRun") is None
    assert page.rows()  # nothing was replaced by HTML made from a string
    assert len(page.faults) >= 2  # the browser says what it refused
    page.faults.clear()


def test_the_policy_names_one_script_and_one_style_sheet():
    text = page_of(pairs_of(TABLE))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
    assert "default-src 'none'" in policy
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_page_names_no_address():
    text = page_of(pairs_of(TABLE))
    addresses = set(re.findall(r"https?://[^\s\"'`]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg"}  # a name, never fetched


def test_data_cannot_end_its_element():
    text = embedded({"a": "</script><!--&\u2028\u2029", "б": "Ё"})
    assert not re.search("[<>&\u2028\u2029]", text)
    assert "Ё" in text


def test_a_file_name_that_is_no_utf_8(tmp_path, opened):
    from aligner.reviewing import write_page
    from aligner.writers.files import WriteOptions

    made_by = Provenance("a\udcff.txt", MADE_BY.tgt_name, "en", "ru")
    path = tmp_path / "x.html"
    write_page(pairs_of(TABLE, made_by), path, WriteOptions("0"))
    page = opened(path.read_text(encoding="utf-8"))
    assert len(page.rows()) == len(TABLE)
