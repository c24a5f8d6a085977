"""What is found about two policies, and about a policy and a target."""

from __future__ import annotations

from dataclasses import dataclass

from model.targets import Target

from .discovery import Discovered


@dataclass(frozen=True)
class Order:
    """Two policies: in which shares of the runs each is better (the rest are equal), and boxes of conditions in which
    the one that is rarely better, `rare`, is better more often (None: too few such runs to look for any)."""

    first: str
    second: str
    first_better: float
    second_better: float
    boxes: tuple[Discovered, ...] | None

    @property
    def rare(self) -> str:
        """The policy that is better in fewer runs."""
        return self.first if self.first_better < self.second_better else self.second

    @property
    def often(self) -> str:
        """The other one."""
        return self.second if self.rare == self.first else self.first

    @property
    def equal(self) -> float:
        """Share of the runs in which neither is better."""
        return 1 - self.first_better - self.second_better

    @property
    def always_equal(self) -> bool:
        """Whether neither is better in any run."""
        return not self.first_better and not self.second_better


@dataclass(frozen=True)
class Miss:
    """A policy that misses a target in a share of the runs, and boxes of conditions in which it misses more often."""

    policy: str
    target: Target
    probability: float
    boxes: tuple[Discovered, ...] | None
