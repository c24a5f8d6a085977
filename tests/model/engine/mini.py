"""Small systems with known behaviour, and short ways to build and run them."""

import numpy as np

from model.engine import Axis, auxiliary, delay3, flow, smooth, stock
from model.engine.checked_system import Input, System
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.ops import logistic, smooth_minimum, total

SITE = Axis("site", ("north", "south"))
START = 2000


def system_of(inputs=(), axes=(), **declarations) -> System:
    """A system in one chapter called mini."""
    return System.from_declarations({(name, "mini"): d for name, d in declarations.items()}, inputs, axes)


def parameters_of(**units) -> list[Input]:
    """Scalar parameters with their units."""
    return [Input(name, "parameter", unit) for name, unit in units.items()]


def run(system, tables=None, years=4, steps=64, method="rk4", every_step=True, outputs=None, **parameters) -> dict:
    """Results; by default every step of four years by RK4."""
    horizon = Horizon(START, START + years - 1, steps, method)
    return compiled(system, horizon, outputs, every_step)(parameters, tables or {})


def elapsed(years=4, steps=64) -> np.ndarray:
    """Years since the start, at the start of every step."""
    return np.arange(years * steps) / steps


def level(inflows=(), outflows=(), unit="t", initial="start_level", over=None):
    """A stock of stuff."""
    return stock(
        unit, "存量", "Level", "Stuff.", initial=initial, inflows=list(inflows), outflows=list(outflows), over=over
    )


def exponential() -> System:
    """Growth in proportion to the level."""

    @flow("t/yr", "增长", "Growth")
    def growth(level, rate):
        """Births."""
        return level * rate

    return system_of(parameters_of(start_level="t", rate="1/yr"), level=level(["growth"]), growth=growth)


def goal_seeking() -> System:
    """A smooth that approaches a constant goal."""
    perceived = smooth("t", "感知", "Perceived", "What is believed.", of="goal", time="delay", initial="belief")
    return system_of(parameters_of(goal="t", delay="yr", belief="t"), perceived=perceived)


def logistic_growth() -> System:
    """Growth that stops at a capacity: one reinforcing and one balancing loop."""

    @flow("t/yr", "增长", "Growth")
    def growth(level, rate):
        """Births."""
        return level * rate

    @flow("t/yr", "拥挤", "Crowding")
    def crowding(level, rate, capacity):
        """Deaths by crowding."""
        return level * rate * level / capacity

    inputs = parameters_of(start_level="t", rate="1/yr", capacity="t")
    return system_of(inputs, level=level(["growth"], ["crowding"]), growth=growth, crowding=crowding)


def pipeline() -> System:
    """A third-order delay between two counters, fed by a driver."""
    leaving = delay3("t/yr", "离开", "Leaving", "What has passed.", of="entering", time="delay", initial="start_rate")

    @flow("t/yr", "进入", "Entering")
    def entering(arrivals):
        """What arrives."""
        return arrivals

    inputs = [*parameters_of(delay="yr", start_rate="t/yr"), Input("arrivals", "driver", "t/yr")]
    entered = level(["entering"], initial=0.0)
    left = level(["leaving"], initial=0.0)
    return system_of(inputs, entering=entering, leaving=leaving, entered=entered, left=left)


def bass() -> System:
    """Diffusion by innovation and imitation."""

    @flow("person/yr", "采用", "Adoption")
    def adoption(adopters, market, innovation, imitation):
        """Those who have not adopted yet meet those who have."""
        return (innovation + imitation * adopters / market) * (market - adopters)

    inputs = parameters_of(market="person", innovation="1/yr", imitation="1/yr")
    return system_of(inputs, adopters=level(["adoption"], unit="person", initial=0.0), adoption=adoption)


def oscillator() -> System:
    """Two stocks that chase each other for ever: one balancing loop."""

    @flow("t/yr", "位移率", "Motion")
    def motion(speed, frequency):
        """Speed moves the position."""
        return frequency * speed

    @flow("t/yr", "回复", "Pull")
    def pull(position, frequency):
        """Position slows the speed."""
        return frequency * position

    inputs = parameters_of(start_level="t", frequency="1/yr")
    position = level(["motion"])
    speed = level([], ["pull"], initial=0.0)
    return system_of(inputs, position=position, speed=speed, motion=motion, pull=pull)


def fishery() -> System:
    """Two fishing grounds with a common fleet: nonlinear, over an axis, with a lever, a driver and an annual series."""

    @flow("t/yr", "繁殖", "Breeding", over=SITE)
    def breeding(fish, fertility, room):
        """Logistic growth of each ground."""
        return fish * fertility * (1 - fish / room)

    @flow("t/yr", "捕捞", "Catch", over=SITE)
    def catch(fish, fleet, skill, quota):
        """Fleet and skill, as far as the quota allows."""
        return smooth_minimum(skill * fish * fleet, quota)

    @auxiliary("1", "意愿", "Willingness")
    def willingness(catch, demand):
        """Rises with demand per catch."""
        return logistic(demand / total(catch) - 2)

    @flow("ship/yr", "造船", "Building")
    def building(fleet, willingness, building_rate):
        """Ships are built when it pays."""
        return fleet * willingness * building_rate

    @flow("ship/yr", "报废", "Scrapping")
    def scrapping(fleet, lifetime):
        """Ships are scrapped at the end of their lives."""
        return fleet / lifetime

    inputs = [
        Input("room", "parameter", "t", axis=SITE),
        *parameters_of(fertility="1/yr", skill="1/ship/yr", building_rate="1/yr", lifetime="yr", first_fleet="ship"),
        Input("quota", "lever", "t/yr", axis=SITE),
        Input("demand", "driver", "t/yr", interpolation="linear"),
    ]
    return system_of(
        inputs,
        [SITE],
        breeding=breeding,
        catch=catch,
        willingness=willingness,
        building=building,
        scrapping=scrapping,
        fish=level(["breeding"], ["catch"], initial="room", over=SITE),
        fleet=level(["building"], ["scrapping"], unit="ship", initial="first_fleet"),
    )


FISHERY_PARAMETERS = {
    "room": np.array([80.0, 50.0]),
    "fertility": 0.7,
    "skill": 0.02,
    "building_rate": 0.6,
    "lifetime": 6.0,
    "first_fleet": 4.0,
}


def fishery_tables(years=4) -> dict:
    """A quota that is cut and a demand that swings."""
    when = np.arange(years)
    return {
        "quota": np.stack([12.0 - 1.5 * when, 9.0 - 0.5 * when], axis=1),
        "demand": 20.0 + 6.0 * np.sin(1.3 * when),
    }
