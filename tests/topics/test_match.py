"""What a matcher gives: exact places, two levels, windows in time, parts of topics; and it never fails."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsmon.items import Article
from newsmon.topics import Matcher, TopicError, compile_topics, label_article, load_topics
from newsmon.topics.loading import make_topic, read_topic
from newsmon.topics.names import load_names

OURS = compile_topics(load_topics())
EVERYTHING = Matcher(
    [
        make_topic("(ukrain* OU ~réfugié OU =é OU ='s OU \"l’Ukraine\" OU œuvre OU @poutine) PROCHE/3 (guerre OU =ﬁn OU cess*)"),
    ]
)  # fmt: skip
FRAGMENTS = (
    "Ukraine", "l’Ukraine", "ukrain\u00adien", "ré\u0301fugie\u0301", "réfugié·e·s", "Poutine", "la poutine", "POUTINE.",
    "guerre", "GUERRE", "Kyi\u0308v", "Moscou", "œuvre", "cessez-le-\nfeu", "\u00a0", " ", " - ", "—", "\n\n", "\n", "«", "»",
    "À lire aussi : ", "Consultez notre dossier sur ", "é", "e\u0301", "\u0301", "\u200b", "\ud800", "ﬁn", "🇺🇦", ".", "(s)",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))


def _topic(tmp_path: Path, text: str) -> Matcher:
    path = tmp_path / "sujet.toml"
    path.write_text(f'slug = "sujet"\nname = "Sujet"\n{text}\n', encoding="utf-8")
    return Matcher([read_topic(path, load_names())])


@settings(derandomize=True, max_examples=500, deadline=None)
@given(headline=st.none() | TEXTS, deck=st.none() | TEXTS, body=TEXTS)
def test_any_text_is_matched_and_every_span_is_exact(headline: str | None, deck: str | None, body: str) -> None:
    parts = {"headline": headline or "", "deck": deck or "", "body": body}
    for matcher in (OURS, EVERYTHING):
        for match in matcher.match(headline=headline, deck=deck, body=body):
            assert match.spans and match.level in ("primary", "secondary")
            assert match.score == pytest.approx(sum(span.weight for span in match.spans), abs=0.001)
            for span in match.spans:
                assert 0 <= span.start < span.end <= len(parts[span.field])
                assert parts[span.field][span.start : span.end] == span.surface


@settings(derandomize=True, max_examples=100, deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_a_word_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    body = f"{before}\n\nLa guerre d’Ukraine\n\n{after}"
    spans = [s for m in Matcher([make_topic("Ukraine")]).match(headline=None, deck=None, body=body) for s in m.spans]
    assert len(before) + len("\n\nLa guerre d’") in [span.start for span in spans]


@pytest.mark.parametrize(
    "piece",
    ["Ukraine guerre ", "salade russe Ukraine ", "poutine Moscou ", "À lire aussi : Ukraine guerre\n\n", "e\u0301·e",
     "Consultez notre dossier ", "POUTINE ", "O.T.A.N."],
)  # fmt: skip
def test_a_long_monotonous_text_takes_no_time_to_speak_of(piece: str) -> None:
    started = time.process_time()
    OURS.match(headline=None, deck=None, body=piece * (200_000 // len(piece)))
    assert time.process_time() - started < 10  # seconds; some tenths on any machine, minutes were it quadratic


def test_nothing_in_nothing_out() -> None:
    assert OURS.match(headline=None, deck=None, body="") == ()
    assert Matcher([]).match(headline="La guerre en Ukraine", deck=None, body="") == ()


def test_the_score_is_told_by_place(tmp_path: Path) -> None:
    matcher = _topic(tmp_path, 'require = [["tramway"]]\nweights = { headline = 4, deck = 2, opening = 1, body = 0.5 }')
    filler = "Rien de neuf ici. " * 30
    spans = matcher.match(headline="Le tramway", deck="Un tramway", body=f"Le tramway. {filler}Le tramway.")[0].spans
    assert [(span.field, span.weight) for span in spans] == [
        ("headline", 4.0), ("deck", 2.0), ("body", 1.0), ("body", 0.5),
    ]  # fmt: skip


def test_a_place_weighs_less_in_a_long_body(tmp_path: Path) -> None:
    matcher = _topic(tmp_path, 'require = [["tramway"]]\nsecondary = 0.01')
    body = "Rien de neuf ici. " * 500 + "Le tramway."
    assert matcher.match(headline=None, deck=None, body=body)[0].spans[0].weight == round(0.5 * 3000 / len(body), 4)


def test_two_levels(tmp_path: Path) -> None:
    matcher = _topic(tmp_path, 'require = [["tramway"]]\nprimary = 4\nsecondary = 2')
    levels = [
        [match.level for match in matcher.match(headline=headline, deck=deck, body="Un mot.")]
        for headline, deck in (("Le tramway", ""), ("", "Le tramway"), ("", ""))
    ]
    assert levels == [["primary"], ["secondary"], []]


def test_clauses_are_named_and_each_stretch_counts_once_in_each(tmp_path: Path) -> None:
    matcher = _topic(
        tmp_path,
        'require = [["tramway", "tramway de Québec"], { any = ["pont", "tunnel"], weight = 0.5, label = "ouvrage" }]\n'
        'near = [{ a = ["tramway"], b = ["tunnel"], within = 4, weight = 2, label = "ensemble" }]\n',
    )
    spans = matcher.match(headline="Le tramway de Québec sans tunnel", deck=None, body="")[0].spans
    assert [(span.surface, span.term, span.clause, span.weight) for span in spans] == [
        ("tramway", "tramway", "ensemble", 8.0),
        ("tramway de Québec", '"tramway de Québec"', "require 1", 4.0),
        ("tunnel", "tunnel", "ensemble", 8.0),
        ("tunnel", "tunnel", "ouvrage", 2.0),
    ]


def test_a_bonus_may_take_away(tmp_path: Path) -> None:
    matcher = _topic(tmp_path, 'require = [["tramway"]]\nbonus = [{ any = ["jouet"], weight = -1 }]')
    assert not matcher.match(headline="Un tramway jouet", deck=None, body="")


def test_near_that_is_required_and_ordered(tmp_path: Path) -> None:
    near = 'near = [{ a = ["pont"], b = ["fleuve"], within = 2, required = true, ordered = true }]'
    matcher = _topic(tmp_path, f'require = [["pont"]]\n{near}')
    assert matcher.match(headline="Un pont sur le fleuve", deck=None, body="")
    assert not matcher.match(headline="Le fleuve sous un pont", deck=None, body="")


def test_the_window_in_time(tmp_path: Path) -> None:
    matcher = _topic(tmp_path, 'require = [["tramway"]]\nsince = 2022-02-24\nuntil = 2022-12-31')
    days = (date(2022, 2, 23), date(2022, 2, 24), date(2022, 12, 31), date(2023, 1, 1), None)
    found = [bool(matcher.match(headline="Le tramway", deck=None, body="", day=day)) for day in days]
    assert found == [False, True, True, False, True]


def test_excluded_articles_are_refused(tmp_path: Path) -> None:
    matcher = _topic(tmp_path, 'require = [["tramway"]]\nexclude = ["jeu vidéo", "titre:quiz"]')
    assert matcher.match(headline="Le tramway", deck=None, body="")
    assert not matcher.match(headline="Le tramway", deck=None, body="Des jeux vidéo.")
    assert not matcher.match(headline="Quiz sur le tramway", deck=None, body="")


def test_a_part_matches_only_where_the_whole_does_and_is_no_more_central() -> None:
    body = "L’OTAN se réunit. L’OTAN décide. L’OTAN dépense."
    assert not OURS.match(headline="L’OTAN et l’Afghanistan", deck=None, body=body)
    matches = {match.topic: match for match in OURS.match(
        headline="L’OTAN, vue de loin", deck=None, body=f"{body} {'Rien de neuf. ' * 60}L’invasion de l’Ukraine continue.",
    )}  # fmt: skip
    assert matches["guerre-ukraine"].level == "secondary"
    assert matches["guerre-ukraine-otan"].score > 5 and matches["guerre-ukraine-otan"].level == "secondary"


def test_primary_matches_come_first() -> None:
    matches = OURS.match(
        headline="Les loyers explosent, les locataires s’inquiètent",
        deck=None,
        body="La crise du logement s’aggrave. L’immigration et les immigrants n’y sont pour rien.",
    )
    assert matches[0].topic == "logement"
    assert [match.level for match in matches] == sorted(match.level for match in matches)


def test_a_part_without_its_whole_cannot_be_compiled() -> None:
    parts = [topic for topic in load_topics() if topic.parent]
    with pytest.raises(TopicError, match="is no topic"):
        compile_topics(parts)


def test_an_article_is_labelled() -> None:
    article = Article(
        outlet="x", url="https://x.test/1", final_url="https://x.test/1", canonical_url="https://x.test/1",
        fetched_at=datetime(2022, 3, 1, tzinfo=UTC), headline="La guerre en Ukraine s’étend",
        body="L’armée russe bombarde Kharkiv.", day=date(2022, 3, 1),
    )  # fmt: skip
    assert label_article(article, OURS) is article
    assert [match.topic for match in article.matches] == ["guerre-ukraine"]
    article.day = date(2010, 1, 1)
    assert label_article(article, OURS).matches == ()
