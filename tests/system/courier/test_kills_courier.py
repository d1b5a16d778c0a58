from courier_kills import run


def test_killed_and_lied_to_nothing_is_lost_and_nothing_is_filed_twice(tmp_path):
    count = run(tmp_path, seconds=5)
    assert count.kills >= 5
    assert count.accepted >= 50
    assert (count.lost, count.falsely_done, count.doubled) == (0, 0, 0)
    assert count.queued == 0
    assert count.delivered == count.accepted
