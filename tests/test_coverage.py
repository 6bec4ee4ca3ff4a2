"""`newsmon outlets --coverage`: the share of a list that belongs to known outlets, and files that cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsmon.coverage import measure
from newsmon.errors import ConfigurationError

LIST = """domain,urls_2021,media_name
www.ledevoir.com,60,Le Devoir
www.lemanic.ca,30,Le Manic
gazette-inconnue.ca,8,La Gazette inconnue
autre-inconnue.quebec,2,L'Autre
www.lemonde.fr,500,Le Monde
www.lelezard.com,40,LeLézard
emplois.isarta.com,7,Isarta
"""


def _written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_share_counts_addresses_of_francophone_canadian_news_alone(tmp_path: Path) -> None:
    found = measure(_written(tmp_path, LIST))
    assert (found.followed, found.on_request, found.news) == (60, 30, 100)
    assert found.share == 0.9
    assert found.unknown.most_common() == [("gazette-inconnue.ca", 8), ("autre-inconnue.quebec", 2)]
    assert found.aside == {"foreign": 500, "aggregator": 40, "jobs": 7}


@pytest.mark.parametrize(
    "text",
    [
        "adresse;nombre\nhttps://www.ledevoir.com/a/1/b;3\nhttps://inconnu.ca/x;1\n",
        "\ufeffSite\tCount\nledevoir.com\t3\ninconnu.ca\t1\n",
        "titre,url\nUn,https://www.ledevoir.com/1\nDeux,https://ledevoir.com/2\nTrois,ledevoir.com/3\n\nAutre,inconnu.ca\n",
    ],
)
def test_columns_are_told_by_their_headings(tmp_path: Path, text: str) -> None:
    found = measure(_written(tmp_path, text))
    assert (found.known, found.news, found.share) == (3, 4, 0.75)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("titre,auteur\nUn,Deux\n", "no column of addresses"),
        ("domain\n", "no row below the headings"),
        ("domain\nledevoir.com\npas une adresse\n", "line 3: 'pas une adresse' is neither a host nor an address"),
        ("domain,count\nledevoir.com,beaucoup\n", "line 2: 'beaucoup' is not a number"),
        (b"domain\n\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_bad_file_is_told_on_one_line(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = _written(tmp_path, text)
    with pytest.raises(ConfigurationError, match=said) as raised:
        measure(path)
    assert "\n" not in str(raised.value) and str(path) in str(raised.value)


def test_the_command_prints_the_share_and_the_largest_unknown(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsmon", "outlets", "--coverage", str(_written(tmp_path, LIST))]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NEWSMON_OUTLETS": ""})
    assert done.returncode == 0, done.stderr
    assert "90 of the other 100 belong to a known outlet: 90.0%" in done.stdout
    assert done.stdout.index("gazette-inconnue.ca") < done.stdout.index("autre-inconnue.quebec")


def test_most_real_addresses_of_2021_belong_to_a_known_outlet(shared: Path) -> None:
    found = measure(shared / "data" / "audit_domains.csv")
    assert found.news > 100_000
    assert found.share >= 0.9
