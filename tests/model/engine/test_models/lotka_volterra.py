"""Prey and predators."""

from model.engine import flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon

HORIZON, AXES = Horizon(0, 50, 16), ()
PARAMETERS = {
    "first_prey": 1000.0,
    "first_predators": 20.0,
    "prey_reproduction": 3.0,
    "predator_reproduction": 1.0,
    "predation": 0.2,
    "predator_lifespan": 10.0,
}
UNITS = {"first_prey": "1", "first_predators": "1", "predator_lifespan": "yr"}
INPUTS = tuple(Input(name, "parameter", UNITS.get(name, "1/yr")) for name in PARAMETERS)

prey = stock("1", "猎物", "Prey", "Hares.", initial="first_prey", inflows=["prey_births"], outflows=["prey_deaths"])
predators = stock(
    "1",
    "捕食者",
    "Predators",
    "Foxes.",
    initial="first_predators",
    inflows=["predator_births"],
    outflows=["predator_deaths"],
)


@flow("1/yr", "猎物出生", "Births of prey")
def prey_births(prey, prey_reproduction):
    """In proportion to the prey."""
    return prey * prey_reproduction


@flow("1/yr", "猎物死亡", "Deaths of prey")
def prey_deaths(prey, predation, predators, first_predators):
    """Rise with the number of predators."""
    return prey * (predation * predators / first_predators)


@flow("1/yr", "捕食者出生", "Births of predators")
def predator_births(predators, predator_reproduction, prey, first_prey):
    """Rise with the prey there is."""
    return predators * (predator_reproduction * prey / first_prey)


@flow("1/yr", "捕食者死亡", "Deaths of predators")
def predator_deaths(predators, predator_lifespan):
    """At the end of their lives."""
    return predators / predator_lifespan
