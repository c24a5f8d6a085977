"""The same bytes from a cluster: two workers, one of which is killed while it works."""

import os
import signal
import threading
import time

import pytest

from analysis.experiments.cluster import ClusterError
from analysis.experiments.execution import run_experiment

from .support import small

distributed = pytest.importorskip("distributed")


@pytest.fixture
def cluster():
    """A cluster of two processes on this machine; its dashboard is off."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as running:
        yield running


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(cluster, tmp_path):
    design = small(tmp_path, sample={"size": 240, "seed": 3})
    run_experiment(design, tmp_path / "here")
    done = tmp_path / "there" / "done"
    killed = []

    def kill_one():
        while len(list(done.glob("*.json"))) < 4:
            time.sleep(0.002)
        worker = next(iter(cluster.workers.values()))
        os.kill(worker.pid, signal.SIGKILL)
        killed.append(len(list(done.glob("*.json"))))

    killer = threading.Thread(target=kill_one)
    killer.start()
    run_experiment(design, tmp_path / "there", cluster=cluster.scheduler_address)
    killer.join()
    assert killed and killed[0] < 30, "the worker was killed before the end"
    for name in ("runs.parquet", "design.parquet"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_a_cluster_that_is_not_there_is_refused(tmp_path, monkeypatch):
    from analysis.experiments import cluster as module

    monkeypatch.setattr(module, "CONNECTION", 1)
    with pytest.raises(ClusterError, match="no scheduler answers there"):
        run_experiment(small(tmp_path), tmp_path / "out", cluster="tcp://127.0.0.1:9")
    with pytest.raises(ClusterError, match="unknown address scheme"):
        run_experiment(small(tmp_path), tmp_path / "out", cluster="no://such:where")
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_workers_is_refused(tmp_path):
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1", silence_logs=50) as empty,
        pytest.raises(ClusterError, match="has no workers"),
    ):
        run_experiment(small(tmp_path), tmp_path / "out", cluster=empty.scheduler_address)
