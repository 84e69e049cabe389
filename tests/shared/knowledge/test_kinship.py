"""Words that mean nearly the same."""

from shared.knowledge.kinship import kin_of


def test_a_visitors_word_finds_the_pages_word() -> None:
    assert kin_of("pictures")["photos"] > 0.5
    assert kin_of("kids")["children"] > 0.8
    assert kin_of("bike")["bicycle"] > 0.8


def test_a_word_of_the_same_subject_is_no_kin() -> None:
    assert "tram" not in kin_of("bus")
    assert "dolphin" not in kin_of("mammoth")


def test_a_word_is_not_its_own_kin() -> None:
    assert "ticket" not in kin_of("ticket")


def test_what_the_table_does_not_know_has_no_kin() -> None:
    assert not kin_of("öffnungszeiten")
    assert not kin_of("aur-208")
