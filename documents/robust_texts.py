"""The words of the pages about sensitivity, robust choice and attribution."""

from __future__ import annotations

from model.engine.text import Text

PARTS = {
    "momentum": Text("惯性", "momentum"),
    "drivers": Text("外部驱动", "drivers"),
    "renovation": Text("技术改造", "technical renovation"),
    "overcapacity": Text("化解过剩产能", "overcapacity"),
    "efficiency": Text("能源效率", "energy efficiency"),
    "smart": Text("智能制造", "intelligent manufacturing"),
    "opening": Text("开放合作", "opening"),
    "innovation": Text("创新与新兴产业", "innovation and emerging industries"),
    "quality": Text("服务、质量与品牌", "services, quality and brand"),
    "conditions": Text("保障条件", "enabling conditions"),
    "interaction": Text("交互（余项）", "interaction (remainder)"),
    "whole": Text("合计", "whole"),
}
"""Momentum, drivers, the groups of levers, and what is left."""
ENGLISH = """# What decides, how sure a choice is, and what was policy

Written by `hebei2025 documents robust` from `calibration/results/answers`, of which the page Evidence of the app shows
everything, and which `--slow` computes anew. Three commands answer from many runs. The first two take the folder of an
[experiment](experiments.md), or a design, which they run; with a design, indicator, year and policies may be any.
中文：[robust.zh.md](robust.zh.md).

    hebei2025 sensitivity {decides} --indicator {co2} --year {year}
    hebei2025 sensitivity {decides} --indicator {co2} --year {year} --difference {first_policy} {second_policy}
    hebei2025 robust {order} --policies {policies} --indicator {co2} --year {year} --better lower
    hebei2025 attribute --indicator crude_steel_output --year 2023 --from 2015

`--json` gives everything as JSON, `--out` writes files. In Python: `hb.sensitivity`, `hb.robust`, `hb.attribute`.
The notebook [robust_choice.ipynb](notebooks/robust_choice.ipynb) uses all three on one question.

## Which numbers decide emissions?

Screening (Morris 1991): {screened} numbers with a prior of their own go from end to end of its middle 90 %, one after
the other, from ten places ({screening_points} runs). The design is `{screen}`.
CO2 emissions of industry in {year} with the plan implemented, in {unit},
change by:

{screening_table}

Sobol indices (Saltelli and others 2010) of twelve of them, over their priors ({points} runs; mean {mean} {unit},
standard deviation {deviation}). *First* is the share of the variance that a number explains alone, *total* that in
which it has a part:

{indices_table}

Of the effect of the plan, which is the difference `{first_policy}` less `{second_policy}` at the same point (mean
{difference_mean} {unit}, standard deviation {difference_deviation}), partly other numbers decide. What moves both runs
alike drops out, such as how demand of the other branches grows. Hebei's advantage in the steel market leads both
lists; how much steel capacity stands on paper only, and how much of it would run, weighs far more here.

{difference_table}

## Which package: how sure is the order?

{runs} runs of each package under draws of the calibration, disturbances of demand and three sets of drivers. Regret
is the distance to the best policy of the same run. CO2 emissions of industry {year}, lower is better:

{co2_table}

The package that is best most often against each of the others:

{co2_orders}

Knowing everything before choosing would be worth {everything} {unit}: the choice hardly hangs on what is uncertain
here. Employment in steel {year}, higher is better:

{jobs_table}

{jobs_orders}

So the two criteria disagree about the package, and neither is much in doubt about the best one: the choice is one
between emissions and jobs rather than one under uncertainty. With twelve numbers over their whole priors, which the
observations do not narrow, emissions say:

{priors_orders}

A box comes from PRIM (Friedman and Fisher 1999) on half of the draws and is shown only where the other half confirms
it: held-out density above that outside the box in 95 % of bootstrap samples of draws. Runs of one draw under other
drivers are in the same half. The worth of knowing one number (EVPPI) is by regression (Strong and others 2014), each
fifth of the draws chosen for by the other four.

## What of the change was policy?

The run "as happened" with every combination of lever groups, and of drivers, held at their values of 2015, under 100
draws of the calibration. *Momentum* is what happens with everything held. *Share* is the Owen value: it divides what
parts do together, and adds up to the whole. *Alone*: nothing else moves; what these and momentum leave is the
*interaction*. *Last*: the rest moves and this is held.

{splits}

Where *alone* and *last* are far apart, the share is a convention and not a measurement: closures bite when demand
rises, so alone, with demand held, they hardly show.

## What this does not say

- Indices are shares of the variance over *these* priors and among *these* numbers. A narrower prior makes its number
  unimportant, and a number that is held decides nothing.
- Screening takes priors; over the plain ranges of all numbers (`from: ranges`) many runs
  break down and the others are far from any Hebei, so effects there are of the ranges. `dropped` says how many.
- Draws of the calibration are 500. An order that flips in a few of them is named with its share, and mostly without
  conditions.
- Probabilities hold inside the model: its structure, the numbers that do not vary, and the scenarios' other paths are
  taken for granted. "Sure" means sure given these.
- Attribution compares with levers held at 2015, a world that nobody saw; it says what the model attributes.
"""
CHINESE = """# 什么起决定作用、选择有多大把握、变化中有多少是政策

由 `hebei2025 documents robust` 根据 `calibration/results/answers` 生成（应用的“证据”页展示全部答案）；加 `--slow` 重新
计算。三条命令从大量运行中得出答案。前两条读取[批量试验](experiments.zh.md)的文件夹，或先运行一个试验方案；给出方案
时，指标、年份和情景可任选。
English: [robust.md](robust.md).

    hebei2025 sensitivity {decides} --indicator {co2} --year {year}
    hebei2025 sensitivity {decides} --indicator {co2} --year {year} --difference {first_policy} {second_policy}
    hebei2025 robust {order} --policies {policies} --indicator {co2} --year {year} --better lower
    hebei2025 attribute --indicator crude_steel_output --year 2023 --from 2015

`--json` 以 JSON 给出全部结果，`--out` 写成文件。Python 中为 `hb.sensitivity`、`hb.robust`、`hb.attribute`。
笔记本 [robust_choice.ipynb](notebooks/robust_choice.ipynb) 围绕一个问题使用全部三种方法。

## 哪些数值决定排放？

筛选（Morris 1991）：{screened}个有先验依据的数值，从十个起点出发，逐个在先验的中间90%范围内从一端移到另一端
（{screening_points}次运行）。方案为 `{screen}`。全面落实情景下{year}年工业二氧化碳排放的变动（{unit}）：

{screening_table}

对其中十二个数值按先验抽样计算 Sobol 指数（Saltelli 等 2010；{points}次运行；均值{mean} {unit}，标准
差{deviation}）。“一阶”是该数值单独解释的方差份额，“总效应”是它参与的方差份额：

{indices_table}

政策效果，即同一样本点上 `{first_policy}` 减 `{second_policy}` 的差（均值{difference_mean} {unit}，标准差
{difference_deviation}），有一部分由另一些数值决定：对两次运行影响相同的数值相互抵消，如其他行业需求的增长。
河北钢铁优势系数在两张表中都居首位；账面产能与实际产能之差、产能中会开工的部分，在这里重要得多。

{difference_table}

## 选哪一项政策：次序有多大把握？

每项政策{runs}次运行，取后验参数、需求扰动和三种外部环境。“遗憾”是同一次运行中与最优情景的差距。{year}年工业二氧化碳排
放，越低越好：

{co2_table}

最常占优的政策与其余各项相比：

{co2_orders}

选择之前若能知道一切，价值为{everything} {unit}：这一选择几乎不取决于这里的不确定因素。{year}年钢铁就业，越高越好：

{jobs_table}

{jobs_orders}

可见两个标准选出的政策不同，而各自选出的政策都没有多少疑问：这是排放与就业之间的取舍，不是不确定性下的取舍。若十二个数值在观
测尚未收窄的整个先验范围内变化，排放方面的结果是：

{priors_orders}

条件框由 PRIM（Friedman 与 Fisher 1999）在一半抽样中找到，另一半证实后才列出：在95%的自助样本中，框内密度高于框外。同
一后验抽样在不同外部环境下的运行属于同一半。单个数值的信息价值（EVPPI）由回归估计（Strong 等 2014），每五分之一抽样的
选择由其余五分之四决定。

## 变化中有多少是政策？

以“如实发生”为基础，各组政策措施和外部驱动的每一种组合分别固定在2015年水平，取100个后验抽样。“惯性”是一切固定时仍会发
生的变化。“份额”为欧文值，把共同作用分摊到各部分，合计等于总变化。“仅此变动”指其余全部固定；它们与惯性之和同总变化之差
即为“交互”。“去掉此项的差别”指其余照常而只固定此项。

{splits}

“仅此变动”与“去掉此项的差别”相去甚远时，份额只是一种约定而不是测量：去产能在需求上升时才起约束作用，需求固定时几乎看不
出来。

## 不能说明什么

- 指数是在*这些*先验、*这些*数值中的方差份额。先验越窄，该数值越不重要；被固定的数值什么也决定不了。
- 筛选取先验；若在全部数值的取值范围内进行（`from: ranges`），许多运行中断，其余也远离任何现实，结
  果只反映范围本身。`dropped` 给出中断的数量。
- 后验抽样只有500个。只在少数抽样中颠倒的顺序会给出比例，但多半找不到条件。
- 概率只在模型之内成立：模型结构、不变化的数值和情景的其他路径都视为给定。“有把握”是在此前提下而言。
- 归因以政策停在2015年为参照，这样的世界无人见过；它说明的是模型如何归因。
"""
TEXTS = {"en": ENGLISH, "zh": CHINESE}
"""The pages by language."""
