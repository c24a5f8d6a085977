"""Renew the golden run: python -m tests.model.golden (only when a change of results is meant)."""

import json

from tests.model.conftest import HORIZON, run_inputs

from .test_as_happened import GOLDEN

NAMES = (
    "crude_steel_output", "cement_output", "plate_glass_output", "steelmaking_capacity", "sector_va_share",
    "vai_above_scale_nominal", "energy_consumption_industry", "energy_per_above_scale_industrial_va", "smart_adoption",
    "hightech_share", "rd_expenditure", "co2_emissions_industry", "employment", "public_cost", "private_cost",
)  # fmt: skip


def main():
    from model import shipped_scenarios
    from model.scenario import inputs_of

    result = run_inputs(*inputs_of(shipped_scenarios()["as_happened"], HORIZON.path_years))
    values = {
        name: [[float(f"{x:.9g}") for x in row] if row.ndim else float(f"{row:.9g}") for row in result[name]]
        for name in NAMES
    }
    content = {"renew": "python -m tests.model.golden", "values": values}
    GOLDEN.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
