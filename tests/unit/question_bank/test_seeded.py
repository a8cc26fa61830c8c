"""The published recipe: when a test fails here, old papers can no longer be checked. Mend the code, not the test."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.seeded import SeededStream, seed_for

# Made with `openssl dgst -sha256 -hmac` and `-mac HMAC -macopt hexkey:`, not with our code.
SEEDS = [
    ("bí mật của đợt thi".encode(), 42, "dafd196df7156f621c491377baa90d008af280a6f08605f17d907842ed84f65e"),
    (bytes(32), 1_000_000_007, "f9bb93a66e507701f9c3b7acd6c162df37da7b20cca0c00ac7cc7d2cfbd43915"),
]
CHI_SQUARE_9_AT_ONE_IN_A_THOUSAND = 27.88


@pytest.mark.parametrize(("secret", "attempt", "expected"), SEEDS)
def test_the_seed_of_an_attempt_is_the_published_one(secret, attempt, expected):
    assert seed_for(secret, attempt).hex() == expected


def test_the_stream_is_the_published_one():
    """From an implementation of the recipe written apart from ours."""
    stream = SeededStream(b"seed")
    assert [stream.below(1 << 64) for _ in range(5)] == [
        1887241067122477493,
        11535707006981577900,
        4741914479036270606,
        3905565626735638149,
        8279016544200635327,
    ]
    stream = SeededStream(b"seed")
    assert [stream.below(10) for _ in range(12)] == [3, 0, 6, 9, 7, 6, 0, 8, 2, 6, 9, 8]


def test_the_sample_is_the_published_one():
    assert SeededStream(b"seed").sample(range(1, 11), 4) == [4, 2, 9, 8]


def test_words_of_the_biased_tail_are_rejected():
    """Below 3 * 2^62 a quarter of all words fall in the tail; taking them modulo the limit would favour low numbers."""
    limit = 3 << 62
    words = SeededStream(b"tail")
    kept = [word for word in (words.below(1 << 64) for _ in range(40)) if word < limit]
    stream = SeededStream(b"tail")
    assert [stream.below(limit) for _ in kept] == kept
    assert len(kept) < 40


@pytest.mark.parametrize("seed", [f"chi-square {n}".encode() for n in range(5)])
def test_every_number_is_equally_likely(seed):
    stream, rolls = SeededStream(seed), 20_000
    counts = Counter(stream.below(10) for _ in range(rolls))
    expected = rolls / 10
    assert sum((counts[n] - expected) ** 2 / expected for n in range(10)) < CHI_SQUARE_9_AT_ONE_IN_A_THOUSAND


@pytest.mark.parametrize("seed", [f"order {n}".encode() for n in range(5)])
def test_every_order_of_three_is_equally_likely(seed):
    stream, rolls = SeededStream(seed), 6_000
    counts = Counter(tuple(stream.shuffled("abc")) for _ in range(rolls))
    assert len(counts) == 6
    assert sum((count - rolls / 6) ** 2 / (rolls / 6) for count in counts.values()) < 20.52  # 5 degrees, one in 1,000


def test_neighbouring_attempts_draw_unlike_papers():
    """First numbers over attempts 1 to 20,000 of one round are uniform too."""
    counts = Counter(SeededStream(seed_for(b"round", attempt)).below(10) for attempt in range(1, 20_001))
    assert sum((counts[n] - 2_000) ** 2 / 2_000 for n in range(10)) < CHI_SQUARE_9_AT_ONE_IN_A_THOUSAND


@pytest.mark.parametrize("limit", [0, -1, (1 << 64) + 1])
def test_an_impossible_limit_is_refused_rather_than_tried_for_ever(limit):
    with pytest.raises(ValueError, match="cannot choose"):
        SeededStream(b"").below(limit)


@given(seed=st.binary(max_size=40), limit=st.integers(1, 1 << 64))
def test_numbers_stay_below_the_limit(seed, limit):
    assert 0 <= SeededStream(seed).below(limit) < limit


@given(seed=st.binary(max_size=40), size=st.integers(0, 60), data=st.data())
def test_a_sample_has_different_members_and_repeats(seed, size, data):
    count = data.draw(st.integers(0, size))
    sample = SeededStream(seed).sample(range(size), count)
    assert len(set(sample)) == count
    assert set(sample) <= set(range(size))
    assert sample == SeededStream(seed).sample(range(size), count)


@given(seed=st.binary(max_size=40), size=st.integers(0, 40), data=st.data())
def test_the_sparse_shuffle_equals_the_plain_one(seed, size, data):
    count = data.draw(st.integers(0, size))
    stream, items = SeededStream(seed), list(range(size))
    for position in range(count):
        pick = position + stream.below(size - position)
        items[position], items[pick] = items[pick], items[position]
    assert SeededStream(seed).sample(range(size), count) == items[:count]


def test_a_sample_larger_than_the_population_is_refused():
    with pytest.raises(ValueError, match="cannot choose"):
        SeededStream(b"").sample([1, 2], 3)
