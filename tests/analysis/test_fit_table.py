"""The run as happened against the observations."""

from analysis.fit_table import compared
from model import shipped_scenarios, simulate
from model.run import indicator_names
from model.scenario import BASELINE


def test_an_index_is_compared_on_the_base_of_the_model():
    """The national price index of steel is about 70 in 2015 and 1 in the model."""
    pairs = compared(simulate(shipped_scenarios()[BASELINE], outputs=indicator_names()))
    price = pairs[pairs["series"] == "cspi_steel_price_index"].set_index("year")
    assert price.loc[2015, "observed"] == 1.0 and 0.9 < price.loc[2015, "simulated"] < 1.1
    assert price["observed"].between(0.5, 3).all()
