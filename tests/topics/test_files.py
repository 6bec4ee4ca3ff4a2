"""Topics and names as files: what a user may write, what is said of a slip, whose topic wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsmon.errors import ConfigurationError
from newsmon.topics import TopicError, compile_topics, load_topics
from newsmon.topics.names import FOLDER as OUR_NAMES
from newsmon.topics.names import load_names
from newsmon.topics.tables import Table, toml_files

MINIMAL = 'slug = "tramway"\nname = "Tramway"\nrequire = [["tramway"]]\n'


def _write(folder: Path, text: str, name: str = "tramway.toml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _problems(folder: Path) -> list[str]:
    with pytest.raises(TopicError) as raised:
        load_topics(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in raised.value.problems]


def _version(folder: Path, text: str, slug: str = "tramway") -> str:
    _write(folder, text)
    return {topic.slug: topic.version for topic in load_topics(folder)}[slug]


def test_ours_are_there_with_parents_before_their_parts() -> None:
    slugs = [topic.slug for topic in load_topics()]
    assert len(slugs) >= 15
    for part in ("sanctions", "otan", "refugies", "canada", "cereales", "energie"):
        assert slugs.index("guerre-ukraine") < slugs.index(f"guerre-ukraine-{part}")
    assert load_topics() == load_topics()


def test_a_users_topic_stands_beside_ours_or_takes_our_place(tmp_path: Path) -> None:
    _write(tmp_path, MINIMAL)
    _write(tmp_path, 'slug = "climat"\nname = "Mon climat"\nexpression = "banquise"\n', "climat.toml")
    topics = {topic.slug: topic for topic in load_topics(tmp_path)}
    assert topics["climat"].name == "Mon climat" and topics["climat"].source.startswith("slug")
    assert {"tramway", "guerre-ukraine"} <= set(topics)
    matches = compile_topics(topics.values()).match(headline="La banquise et le tramway", deck=None, body="")
    assert {match.topic for match in matches} == {"climat", "tramway"}


def test_a_part_of_one_of_ours(tmp_path: Path) -> None:
    _write(tmp_path, MINIMAL + 'parent = "logement"\n')
    matcher = compile_topics(load_topics(tmp_path))
    assert not matcher.match(headline="Le tramway", deck=None, body="")
    both = matcher.match(headline="Le tramway et les loyers, les locataires", deck=None, body="")
    assert {match.topic for match in both} == {"tramway", "logement"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("colour = 1", "4: unknown key 'colour'"),
        ("weigths = { body = 1 }", "4: unknown key 'weigths'; did you mean weights?"),
        ("weights = { boby = 1 }", "4: unknown key 'boby' of weights; did you mean body?"),
        ("weights = 3", "4: weights must be a table between { }"),
        ("weights = { body = -1 }", "4: body -1: a weight is between 0 and 99"),
        ('primary = "5"', "4: primary must be a number"),
        ("primary = 1", "4: primary (1) is below secondary (1.5)"),
        ("secondary = 0", "4: secondary must be above 0"),
        ('since = "2022"', "4: since is a day without quotes, e.g. since = 2022-02-24"),
        ("since = 2022-02-24\nuntil = 2021-01-01", "5: until 2021-01-01 is before since 2022-02-24"),
        ('parent = "climt"', "4: parent 'climt' is no topic; did you mean climat?"),
        ('parent = "tramway"', "4: tramway is in tramway: a topic cannot be a part of itself"),
        ('mask = ["feu *rouge"]', "4: mask: 'feu *rouge': a * stands only at the end of a term"),
        ('mask = ["titre:rouge"]', "4: mask takes words and phrases"),
        ('mask = "rouge"', "4: mask must be a list between [ ]"),
        ("mask = [3]", "4: mask must hold texts between quotes, not 3"),
        ('exclude = ["GES"]', "4: exclude: 'GES' has 3 letters"),
        ('near = [{ a = ["pont"], c = ["eau"] }]', "4: unknown key 'c' of near"),
        ('near = [{ a = ["pont"] }]', "4: near needs a list of terms a and a list of terms b"),
        ('near = [{ a = ["pont"], b = ["fleuve"], within = 0 }]', "4: within 0: a distance is 1 to 100 words"),
        ('near = [{ a = ["titre:pont"], b = ["fleuve"] }]', "4: near takes terms, without titre:"),
        ('near = [["pont", "fleuve"]]', "4: near holds tables"),
        ('bonus = [{ any = ["@legaut"], weight = 2 }]', "4: bonus: no name @legaut; did you mean @legault?"),
        ('bonus = [{ any = ["@blinkn"] }]', "4: bonus: no name @blinkn; did you mean @blinken?"),
        ('bonus = [{ some = ["pont"] }]', "4: unknown key 'some' of bonus"),
        ('bonus = ["pont"]', '4: bonus is a list of groups: [ ["a", "b"] ]'),
        ('bonus = ["(pont OU"]', "4: bonus is a list of groups"),
        ("bonus = [[]]", "4: bonus 1: a group is a list of terms"),
        ('bonus = [{ any = ["titre:pont"], at_least = 2 }]', "4: bonus 1: at_least counts terms"),
        ('bonus = [{ any = ["pont"], weight = 1000 }]', "4: weight 1000: a weight is between -99 and 99"),
        ('expression = "guerre OU"', "4: expression: the expression ends where a term is missing"),
        ('expression = "guerre OU @nobody"', "4: expression: no name @nobody"),
        ('iptc = ["x"', "is not TOML"),
        ('iptc = "x', "4: is not TOML"),
    ],
)
def test_a_slip_is_said_with_file_line_and_remedy(tmp_path: Path, line: str, says: str) -> None:
    _write(tmp_path, MINIMAL + line + "\n")
    assert any(problem.startswith("tramway.toml:") and says in problem for problem in _problems(tmp_path))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "Tramway"\nrequire = [["tramway"]]', "tramway.toml:1: slug ''"),
        ('slug = "Le tramway"\nname = "x"\nrequire = [["tramway"]]', "tramway.toml:1: slug 'Le tramway': small ASCII"),
        ('slug = "tramway"\nrequire = [["tramway"]]', "tramway.toml:1: a topic needs a name"),
        ('slug = "tramway"\nname = "x"', "tramway.toml:1: a topic needs terms"),
        ('slug = "tramway"\nname = "x"\nrequire = ["a", "b"]', "tramway.toml:3: require is a list of groups"),
        ('slug = "tramway"\nname = "x"\nexpression = "NON guerre"', "tramway.toml:3: expression: this fits texts"),
    ],
)
def test_what_a_topic_needs(tmp_path: Path, text: str, says: str) -> None:
    _write(tmp_path, text)
    assert any(problem.startswith(says) for problem in _problems(tmp_path))


def test_every_slip_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    _write(tmp_path, MINIMAL + 'mask = ["*"]\nexclude = ["ONU"]\n')
    _write(tmp_path, 'slug = "x y"\nname = "X"\nrequire = [["tramway"]]\n', "autre.toml")
    assert len(_problems(tmp_path)) == 3
    with pytest.raises(ConfigurationError, match=r"and 2 more: newsmon topics check .*autre.toml .*tramway.toml"):
        load_topics(tmp_path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes('slug = "x"\nname = "Été"'.encode("latin-1"))
    assert _problems(tmp_path) == ["latin.toml:2: is not UTF-8: save the file as UTF-8"]
    with pytest.raises(TopicError, match="is no folder"):
        load_topics(tmp_path / "nowhere")


def test_two_files_of_one_slug(tmp_path: Path) -> None:
    _write(tmp_path, MINIMAL)
    _write(tmp_path, MINIMAL, "autre.toml")
    assert "tramway is a topic of" in _problems(tmp_path)[0]


def test_editors_copies_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, "nonsense", ".#tramway.toml")
    assert load_topics(tmp_path) == load_topics()


def test_the_version_changes_with_what_the_topic_matches(tmp_path: Path) -> None:
    first = _version(tmp_path, MINIMAL)
    assert first == _version(tmp_path, "# a comment\n" + MINIMAL.replace('"Tramway"', '"Le tramway"'))
    changes = (
        'mask = ["tramway jouet"]',
        "primary = 6",
        "since = 2020-01-01",
        "weights = { body = 1 }",
        'parent = "climat"',
    )
    versions = {_version(tmp_path, f"{MINIMAL}{change}\n") for change in changes}
    assert first not in versions and len(versions) == len(changes)


def test_the_order_of_alternatives_is_no_new_version(tmp_path: Path) -> None:
    both = 'require = [["tramway", "trolley"]]\n'
    turned = 'require = [["trolley", "tramway"]]\n'
    head = 'slug = "tramway"\nname = "x"\n'
    assert _version(tmp_path, head + both) == _version(tmp_path, head + turned)


def test_a_changed_name_or_parent_is_a_new_version(tmp_path: Path) -> None:
    part = 'slug = "tramway"\nname = "x"\nrequire = [["@legault"]]\nparent = "entier"\n'
    whole = 'slug = "entier"\nname = "x"\nrequire = [["Québec"]]\n'
    _write(tmp_path, whole, "entier.toml")
    first = _version(tmp_path, part)
    _write(tmp_path, whole.replace("Québec", "Montréal"), "entier.toml")
    second = _version(tmp_path, part)
    _write(tmp_path, '[legault]\nforms = ["le chef caquiste"]\n', "names/miens.toml")
    assert len({first, second, _version(tmp_path, part)}) == 3


def test_our_names_are_many_and_each_has_one_entry() -> None:
    names = load_names()
    kinds = [name.kind for name in names.values()]
    assert len(names) >= 150
    assert all(kinds.count(kind) >= 40 for kind in ("person", "place", "organisation"))
    keys = [key for path in toml_files(OUR_NAMES) for key in Table(path).data]
    assert len(keys) == len(set(keys)) == len(names)


def test_a_user_adds_names_forms_and_replacements(tmp_path: Path) -> None:
    _write(
        tmp_path,
        '[kyiv]\nforms = ["Kijów"]\n[odessa]\nreplace = true\nforms = ["Odessa"]\n[maire]\nforms = ["le maire Untel"]\n',
        "names/miens.toml",
    )
    names, ours = load_names(tmp_path), load_names()
    assert {term.text for term in names["kyiv"].forms} == {term.text for term in ours["kyiv"].forms} | {"Kijów"}
    assert [term.text for term in names["odessa"].forms] == ["Odessa"] and not names["odessa"].guarded
    assert names["maire"].forms and "maire" not in ours


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('forms = ["x"]', "1: 'forms' stands outside a name: write [key] above it"),
        ("[x]\nlabel = 'X'", "1: the name x has no forms"),
        ('[x]\nforms = ["Xi"]', "2: forms: 'Xi' has 2 letters"),
        ('[x]\nform = ["Xiang"]\nforms = ["Xiang"]', "2: unknown key 'form' of the name x; did you mean forms?"),
        (
            '[x]\nforms = ["Xiang"]\nkind = "persn"',
            "3: kind is person, place, organisation, not 'persn'; did you mean person?",
        ),
        ('[x]\nguarded = ["Xiang"]\nneed = "capitale"', "3: need is capital, company, either, both, not 'capitale'"),
        ('[x]\nforms = ["@kyiv"]', "2: forms: '@kyiv': a name inside a name"),
        ('[x]\nforms = ["Xiang"]\nnot_after = ["la"]', "the name x has no guarded forms"),
        ('[Xi]\nforms = ["Xiang"]', "1: [Xi]: small letters and no blank: [xi]"),
    ],
)
def test_a_slip_in_a_table_of_names(tmp_path: Path, text: str, says: str) -> None:
    _write(tmp_path, text + "\n", "names/miens.toml")
    assert any(problem.startswith("names/miens.toml:") and says in problem for problem in _problems(tmp_path))
