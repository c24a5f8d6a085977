"""Quality, brands and services: slowly changing intangible assets that raise value added and decay without
maintenance."""

from model.axes import BRANCH
from model.engine import auxiliary, flow, stock
from model.engine.ops import maximum, ratio, total

quality_index = stock(
    "1",
    "质量竞争力指数（存量）",
    "Quality competitiveness (stock)",
    "Official quality competitiveness index of manufacturing (81.13 in 2014, 81.79 in 2015, grade A).",
    initial="initial_quality_index",
    inflows=["quality_improvement"],
    outflows=["quality_decay"],
)

national_quality_index = stock(
    "1",
    "全国质量竞争力指数",
    "National quality competitiveness",
    "Quality competitiveness index of the country (82.14 in 2009, 84.91 in 2021, grades A and B).",
    initial="initial_national_quality_index",
    inflows=["national_quality_improvement"],
)

brand_equity = stock(
    "product",
    "名牌产品（存量）",
    "Brand products (stock)",
    "Products with a brand that buyers know and pay a premium for.",
    initial="initial_brand_equity",
    inflows=["brand_building"],
    outflows=["brand_decay"],
)

service_capability = stock(
    "1",
    "服务型制造企业占比（存量）",
    "Share of service-oriented firms (stock)",
    "Share of above-scale firms that sell services with their products (nationally 29.6 % in 2021, grade A).",
    initial="initial_service_capability",
    inflows=["service_adoption"],
    outflows=["service_decay"],
)


national_service_capability = stock(
    "1",
    "全国服务型制造企业占比",
    "National share of service-oriented firms",
    "Share of service-oriented firms in the country: competitors adopt services as well.",
    initial="initial_service_capability",
    inflows=["national_service_adoption"],
    outflows=["national_service_decay"],
)


@auxiliary("1", "质量品牌专项饱和度", "Saturation of the quality programme")
def quality_programme_saturation(quality_and_brand, implementation_factor, quality_half_saturation):
    """Saturating effect of quality-and-brand programme money: half of the maximum at the half-saturation value."""
    arriving = quality_and_brand * implementation_factor
    return arriving / (arriving + quality_half_saturation)


@auxiliary("1", "先进产能占比（全省）", "Modern share of capacity, all industry")
def modern_share_all(modern_capacity, active_capacity):
    """Share of renovated and intelligent plants in all active capacity; they produce fewer defects."""
    return ratio(total(modern_capacity), total(active_capacity))


@flow("1/yr", "质量提升", "Quality improvement")
def quality_improvement(
    quality_index,
    highest_quality,
    quality_improvement_rate,
    quality_programme_gain,
    quality_programme_saturation,
    modern_share_all,
    quality_modern_gain,
):
    """Closing of the distance to the highest quality level through firms' own effort, modern plants and the
    programme."""
    effort = 1 + quality_programme_gain * quality_programme_saturation + quality_modern_gain * modern_share_all
    return (highest_quality - quality_index) * quality_improvement_rate * effort


@flow("1/yr", "质量回落", "Quality decay")
def quality_decay(quality_index, lowest_quality, quality_decay_rate):
    """Decline of quality without maintenance."""
    return maximum(quality_index - lowest_quality, 0) * quality_decay_rate


@flow("1/yr", "全国质量提升", "National quality improvement")
def national_quality_improvement(national_quality_index, highest_quality, national_quality_rate):
    """Closing of the distance to the highest quality level by competitors elsewhere."""
    return (highest_quality - national_quality_index) * national_quality_rate


@auxiliary("1", "相对质量", "Relative quality")
def relative_quality(quality_index, national_quality_index, initial_quality_index, initial_national_quality_index):
    """Quality relative to the country, 1 in 2010."""
    return quality_index / national_quality_index * initial_national_quality_index / initial_quality_index


@flow("product/yr", "品牌培育", "Brand building")
def brand_building(
    quality_programme_saturation, brand_programme_rate, spontaneous_brands, quality_index, initial_quality_index
):
    """New brand products, by firms on their own and by the programme, in proportion to quality."""
    return (spontaneous_brands + brand_programme_rate * quality_programme_saturation) * (
        quality_index / initial_quality_index
    )


@flow("product/yr", "品牌流失", "Brand decay")
def brand_decay(brand_equity, brand_lifetime):
    """Brand products lost over the brand lifetime."""
    return brand_equity / brand_lifetime


@auxiliary("1", "品牌效应", "Effect of brands")
def brand_effect(brand_equity, initial_brand_equity, brand_gain, brand_half_saturation):
    """Competitive advantage from brands relative to 2010; each additional brand adds less."""
    now = brand_equity / (brand_equity + brand_half_saturation)
    return 1 + brand_gain * (now - initial_brand_equity / (initial_brand_equity + brand_half_saturation))


# --- Services ---------------------------------------------------------------------------------------


@auxiliary("1", "服务型制造专项饱和度", "Saturation of the service programme")
def service_programme_saturation(servitisation, implementation_factor, service_half_saturation):
    """Saturating effect of service-programme money: half of the maximum at the half-saturation value."""
    arriving = servitisation * implementation_factor
    return arriving / (arriving + service_half_saturation)


@flow("1/yr", "服务化转型", "Adoption of services")
def service_adoption(
    service_capability,
    service_ceiling,
    service_innovation,
    service_imitation,
    service_demonstration,
    service_programme_saturation,
):
    """Firms that start to sell services: spontaneously, by imitation (R-imitation), or after demonstration."""
    drive = service_innovation + service_imitation * service_capability
    drive = drive + service_demonstration * service_programme_saturation
    return drive * maximum(service_ceiling - service_capability, 0)


@flow("1/yr", "服务业务放弃", "Services given up")
def service_decay(service_capability, service_loss_rate):
    """Firms that give up unprofitable services."""
    return service_capability * service_loss_rate


@flow("1/yr", "全国服务化转型", "Adoption of services elsewhere")
def national_service_adoption(
    national_service_capability, service_ceiling, service_innovation, service_imitation, national_service_demonstration
):
    """Firms elsewhere that start to sell services, by the same diffusion process."""
    drive = service_innovation + service_imitation * national_service_capability + national_service_demonstration
    return drive * maximum(service_ceiling - national_service_capability, 0)


@flow("1/yr", "全国服务业务放弃", "Services given up elsewhere")
def national_service_decay(national_service_capability, service_loss_rate):
    """Firms elsewhere that give up unprofitable services."""
    return national_service_capability * service_loss_rate


@auxiliary("1", "服务化增值", "Value from services", over=BRANCH)
def service_value(service_capability, national_service_capability, service_gain):
    """Value added by services per unit of output, relative to competitors elsewhere; it requires no energy."""
    return 1 + service_gain * (service_capability - national_service_capability)
