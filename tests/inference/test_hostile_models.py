from tests.hostile_models import Ending, hostile_report
from tests.model_mutants import mutants


def test_no_hostile_file_gets_past_the_model_process_and_each_is_told_in_a_sentence() -> None:
    report = hostile_report(150, seed=50_000)
    assert report.faults == []
    assert report.endings[Ending.REFUSED_BY_HEADER] > 20
    assert report.endings[Ending.ANSWERED] > 5, "harmless changes still load"


def test_mutants_are_the_same_for_the_same_seed() -> None:
    assert list(mutants(5, seed=9)) == list(mutants(5, seed=9))
