"""Quality, brands and services: slow assets that raise the value of what is made and decay without upkeep."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import maximum, ratio, total

quality_index = stock(
    "1", "质量竞争力指数（存量）", "Quality competitiveness (stock)",
    "The statistics' index of quality competitiveness of manufacturing (81.13 in 2014, 81.79 in 2015, grade A).",
    initial="initial_quality_index", inflows=["quality_improvement"], outflows=["quality_decay"],
)  # fmt: skip

national_quality_index = stock(
    "1", "全国质量竞争力指数", "National quality competitiveness",
    "The same for the country (82.14 in 2009, 84.91 in 2021, grades A and B).",
    initial="initial_national_quality_index", inflows=["national_quality_improvement"],
)  # fmt: skip

brand_equity = stock(
    "product", "名牌产品（存量）", "Brand products (stock)",
    "Products with a brand that buyers know and pay for.",
    initial="initial_brand_equity", inflows=["brand_building"], outflows=["brand_decay"],
)  # fmt: skip

service_capability = stock(
    "1", "服务型制造企业占比（存量）", "Share of service-oriented firms (stock)",
    "Share of above-scale firms that sell services with their products (nationally 29.6 % in 2021, grade A).",
    initial="initial_service_capability", inflows=["service_adoption"], outflows=["service_decay"],
)  # fmt: skip


national_service_capability = stock(
    "1", "全国服务型制造企业占比", "National share of service-oriented firms",
    "The same for the country: competitors turn to services as well.",
    initial="initial_service_capability", inflows=["national_service_adoption"], outflows=["national_service_decay"],
)  # fmt: skip


@auxiliary("1", "质量品牌专项饱和度", "Saturation of the quality programme")
def quality_programme_saturation(quality_and_brand, implementation_factor, quality_half_saturation):
    """Effect of programme money: half of the possible at the half-saturation."""
    arriving = quality_and_brand * implementation_factor
    return arriving / (arriving + quality_half_saturation)


@auxiliary("1", "先进产能占比（全省）", "Modern share of capacity, all industry")
def modern_share_all(modern_capacity, active_capacity):
    """Renovated and intelligent plants make fewer faults."""
    return ratio(total(modern_capacity), total(active_capacity))


@flow("1/yr", "质量提升", "Quality improvement")
def quality_improvement(
    quality_index, highest_quality, quality_improvement_rate, quality_programme_gain, quality_programme_saturation,
    modern_share_all, quality_modern_gain,
):  # fmt: skip
    """Distance to the best, closed by firms' own effort, modern plants, and the programme."""
    effort = 1 + quality_programme_gain * quality_programme_saturation + quality_modern_gain * modern_share_all
    return (highest_quality - quality_index) * quality_improvement_rate * effort


@flow("1/yr", "质量回落", "Quality decay")
def quality_decay(quality_index, lowest_quality, quality_decay_rate):
    """Without upkeep quality falls back."""
    return maximum(quality_index - lowest_quality, 0) * quality_decay_rate


@flow("1/yr", "全国质量提升", "National quality improvement")
def national_quality_improvement(national_quality_index, highest_quality, national_quality_rate):
    """Competitors elsewhere close their distance to the best as well."""
    return (highest_quality - national_quality_index) * national_quality_rate


@auxiliary("1", "相对质量", "Relative quality")
def relative_quality(quality_index, national_quality_index, initial_quality_index, initial_national_quality_index):
    """Quality against the country's, 1 in 2010."""
    return quality_index / national_quality_index * initial_national_quality_index / initial_quality_index


@flow("product/yr", "品牌培育", "Brand building")
def brand_building(
    quality_programme_saturation, brand_programme_rate, spontaneous_brands, quality_index, initial_quality_index
):  # fmt: skip
    """New brand products: by firms themselves and by the programme; only what is good becomes a brand."""
    return (spontaneous_brands + brand_programme_rate * quality_programme_saturation) * (
        quality_index / initial_quality_index
    )


@flow("product/yr", "品牌流失", "Brand decay")
def brand_decay(brand_equity, brand_lifetime):
    """Brands are forgotten without upkeep."""
    return brand_equity / brand_lifetime


@auxiliary("1", "品牌效应", "Effect of brands")
def brand_effect(brand_equity, initial_brand_equity, brand_gain, brand_half_saturation):
    """Advantage from brands against 2010; each further brand adds less."""
    now = brand_equity / (brand_equity + brand_half_saturation)
    return 1 + brand_gain * (now - initial_brand_equity / (initial_brand_equity + brand_half_saturation))


# --- Services ---------------------------------------------------------------------------------------


@auxiliary("1", "服务型制造专项饱和度", "Saturation of the service programme")
def service_programme_saturation(servitisation, implementation_factor, service_half_saturation):
    """Effect of programme money: half of the possible at the half-saturation."""
    arriving = servitisation * implementation_factor
    return arriving / (arriving + service_half_saturation)


@flow("1/yr", "服务化转型", "Adoption of services")
def service_adoption(
    service_capability, service_ceiling, service_innovation, service_imitation, service_demonstration,
    service_programme_saturation,
):  # fmt: skip
    """Firms that begin to sell services: by themselves, by imitation (R-imitation), or after demonstration."""
    drive = service_innovation + service_imitation * service_capability
    drive = drive + service_demonstration * service_programme_saturation
    return drive * maximum(service_ceiling - service_capability, 0)


@flow("1/yr", "服务业务放弃", "Services given up")
def service_decay(service_capability, service_loss_rate):
    """Services that do not pay are dropped."""
    return service_capability * service_loss_rate


@flow("1/yr", "全国服务化转型", "Adoption of services elsewhere")
def national_service_adoption(
    national_service_capability, service_ceiling, service_innovation, service_imitation, national_service_demonstration
):
    """Firms elsewhere that begin to sell services, by the same imitation."""
    drive = service_innovation + service_imitation * national_service_capability + national_service_demonstration
    return drive * maximum(service_ceiling - national_service_capability, 0)


@flow("1/yr", "全国服务业务放弃", "Services given up elsewhere")
def national_service_decay(national_service_capability, service_loss_rate):
    """Services that do not pay are dropped everywhere."""
    return national_service_capability * service_loss_rate


@auxiliary("1", "服务化增值", "Value from services", over=BRANCH)
def service_value(service_capability, national_service_capability, service_gain):
    """Value that services add to each unit of output, against peers elsewhere; it needs no energy."""
    return 1 + service_gain * (service_capability - national_service_capability)
