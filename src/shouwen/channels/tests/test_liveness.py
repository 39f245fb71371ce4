"""Knowing a dead worker on its own host."""

import os
import subprocess

from shouwen.channels import liveness


def test_this_process_is_alive_and_one_that_ended_is_dead() -> None:
    other = subprocess.Popen(["sleep", "60"])
    name = liveness._name_of(other.pid)
    assert not liveness.is_dead(name)
    other.kill()
    other.wait()
    assert liveness.is_dead(name)
    assert not liveness.is_dead(liveness.worker_name())


def test_the_same_number_with_another_start_is_another_process() -> None:
    host, _process, started = liveness.worker_name().split("|")
    assert liveness.is_dead(f"{host}|{os.getpid()}|{int(started) - 1}")


def test_nothing_is_said_of_other_hosts() -> None:
    assert not liveness.is_dead("elsewhere|1|1")
    assert not liveness.is_dead("")
