"""What a sceptical contestant does: take the published pool and secret, and draw the paper again."""

import hashlib
import json

from question_bank.__main__ import main
from question_bank.draw import Candidate, Cell, draw, prepare
from question_bank.pool_file import digest_of, pool_document, pool_from, published_form
from question_bank.seeded import seed_for

SECRET = bytes(range(32))
CANDIDATES = [
    Candidate(n, ("Luật A",) if n % 2 else ("Luật B", "Chương 1"), "recognition", 4, (3,)) for n in range(1, 21)
]
POOL = prepare(CANDIDATES, [Cell(2, ("Luật A",)), Cell(3)])


def test_a_published_pool_reads_back_as_it_was():
    assert pool_from(json.loads(published_form(pool_document(POOL)))) == POOL


def test_the_digest_is_that_of_the_published_bytes():
    document = pool_document(POOL)
    assert digest_of(document) == hashlib.sha256(published_form(document)).hexdigest()


def test_the_command_draws_the_same_paper(tmp_path, capsys):
    file = tmp_path / "kho-de.json"
    file.write_bytes(published_form(pool_document(POOL)))
    assert main(["draw", str(file), "--secret", SECRET.hex(), "--attempt", "17"]) == 0
    shown = json.loads(capsys.readouterr().out)
    expected = draw(POOL, seed_for(SECRET, 17))
    assert shown["paper"] == [[item.question_id, list(item.option_order)] for item in expected]
    assert shown["pool_sha256"] == digest_of(pool_document(POOL))
    assert shown["secret_sha256"] == hashlib.sha256(SECRET).hexdigest()


def test_the_command_follows_rules_that_shuffle_nothing(tmp_path, capsys):
    file = tmp_path / "kho-de.json"
    file.write_bytes(published_form(pool_document(POOL)))
    main(["draw", str(file), "--secret", SECRET.hex(), "--attempt", "17", "--keep-questions", "--keep-options"])
    assert all(order == [0, 1, 2, 3] for _number, order in json.loads(capsys.readouterr().out)["paper"])


def test_a_file_that_is_no_pool_is_refused(tmp_path, capsys):
    file = tmp_path / "khac.json"
    file.write_text("{}")
    assert main(["draw", str(file), "--secret", "00", "--attempt", "1"]) == 2
    assert "not a published pool" in capsys.readouterr().err
