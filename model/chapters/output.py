"""Output of the branches: in volume, in tonnes, and in value added at constant and current prices."""

from model.axes import BRANCH
from model.engine import auxiliary
from model.engine.ops import element, maximum, power, ratio, smooth_minimum, softened_minimum, stack


@auxiliary("亿元/yr", "各行业面对的需求", "Demand by branch", over=BRANCH)
def hebei_demand(demand, hebei_steel_demand, product_per_value):
    """Demand for each branch; demand for steel comes from the national steel market."""
    steel = hebei_steel_demand / element(product_per_value, BRANCH, "steel")
    return demand + stack(BRANCH, steel=steel - element(demand, BRANCH, "steel"))


@auxiliary("亿元/yr", "产出量", "Output volume", over=BRANCH)
def output(demand, effective_capacity, maximum_utilisation, limit_sharpness, steel_output, product_per_value):
    """Recorded output volume; 1 亿元/yr is the quantity that had a value added of 1 亿元 in the base year. Demand
    limited by capacity; steel output comes from the national steel market."""
    possible = softened_minimum(demand, effective_capacity * maximum_utilisation, limit_sharpness)
    steel = steel_output / element(product_per_value, BRANCH, "steel")
    return possible + stack(BRANCH, steel=steel - element(possible, BRANCH, "steel"))


@auxiliary("亿元/yr", "未能满足的需求", "Demand served from elsewhere", over=BRANCH)
def unmet_demand(hebei_demand, output):
    """Demand for Hebei's products that its plants cannot meet. Buyers are served from elsewhere; for steel, the
    shortage raises the national price."""
    return maximum(hebei_demand - output, 0)


@auxiliary("1", "产能利用率", "Utilisation", over=BRANCH)
def utilisation(output, effective_capacity):
    """Output relative to the effective capacity of active plants."""
    return ratio(output, effective_capacity)


@auxiliary("1", "定价利用率", "Utilisation that sets the price", over=BRANCH)
def price_utilisation(demand, effective_capacity, maximum_utilisation, national_steel_utilisation):
    """Utilisation that determines the price: that of the branch itself, and for steel that of the national market."""
    own = smooth_minimum(ratio(demand, effective_capacity), maximum_utilisation)
    return own + stack(BRANCH, steel=national_steel_utilisation - element(own, BRANCH, "steel"))


@auxiliary("亿元/yr", "计值产出量", "Volume that counts in value added", over=BRANCH)
def valued_output(output, unrecorded_output, unrecorded_value_share, product_per_value):
    """Output volume that counts in value added. Part of the unrecorded steel was included in the accounts by value but
    not in tonnage: the growth of value added in 2018 does not reflect the recorded 24 % jump in tonnage."""
    unseen = unrecorded_output * unrecorded_value_share / element(product_per_value, BRANCH, "steel")
    return output + stack(BRANCH, steel=unseen)


@auxiliary("1", "单位产出增加值含量", "Value content of output", over=BRANCH)
def value_content(
    relative_technology_level,
    national_level,
    ladder_value_elasticity,
    relative_processing_depth,
    processing_depth_weight,
    relative_capability,
    capability_value_elasticity,
    service_value,
    smart_value_gain,
    mature_intelligent_gain,
    national_intelligent_gain,
):
    """Real value added per unit of volume, 1 at the start. Demand is measured in value in every branch but steel, so
    national upgrading is part of it already, and only the lead over the country counts; steel is sold by the tonne, and
    the level itself and the depth of processing count (R-upgrading). Firms with better knowledge, quality, brands,
    services and intelligent plants retain more value than their competitors."""
    by_the_tonne = stack(BRANCH, steel=element(national_level, BRANCH, "steel") - 1)
    ladder = power(relative_technology_level * (1 + by_the_tonne), ladder_value_elasticity)
    depth = 1 + stack(BRANCH, steel=power(relative_processing_depth, processing_depth_weight) - 1)
    smart = 1 + smart_value_gain * (mature_intelligent_gain - national_intelligent_gain)
    return ladder * depth * smart * power(relative_capability, capability_value_elasticity) * service_value


@auxiliary("亿元/yr", "增加值（2015年价）", "Value added at 2015 prices", over=BRANCH)
def value_added_real(valued_output, value_content):
    """Real value added: output volume times value content."""
    return valued_output * value_content


@auxiliary("Mt/yr", "实物产量", "Physical output", over=BRANCH)
def physical_output(output, product_per_value):
    """Crude steel, cement and plate glass in tonnes; 0 for branches without a single product."""
    return output * product_per_value
