"""Sums, products, smallest and largest values over one, two and three axes."""

import numpy as np

from model.engine import Axis, auxiliary, flow, stock
from model.engine.checked_system import Input
from model.engine.horizon import Horizon
from model.engine.ops import largest, product, smallest, total, where

ENTRY = Axis("entry", ("Entry 1", "Entry 2", "Entry 3"))
COLUMN = Axis("column", ("Column 1", "Column 2"))
DEPTH = Axis("depth", ("Depth 1", "Depth 2", "Depth 3"))
HORIZON, AXES = Horizon(0, 20, 1), (ENTRY, COLUMN, DEPTH)
INPUTS = (Input("pace", "parameter", "1/yr"), Input("switch_at", "parameter", "yr"))
PARAMETERS = {"pace": 0.01, "switch_at": 3.0}
FIRST = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
BY_DEPTH = np.array(
    [
        [[1.0, 10.0], [4.0, 40.0], [7.0, 70.0]],
        [[2.0, 20.0], [5.0, 50.0], [8.0, 80.0]],
        [[3.0, 30.0], [6.0, 60.0], [9.0, 100.0]],
    ]
)
"""Depths first, so that it combines with what is over entries and columns."""

stock_a = stock(
    "1", "存量", "Stock", "Over two axes.", initial="initial_values", inflows=["inflow_a"], over=(ENTRY, COLUMN)
)


@auxiliary("1", "初值", "Initial values", over=(ENTRY, COLUMN))
def initial_values():
    """Given."""
    return FIRST


@auxiliary("1", "三维输入", "Input over three axes", over=(DEPTH, ENTRY, COLUMN))
def input_3d():
    """Given."""
    return BY_DEPTH


@auxiliary("1/yr", "速率", "Rate", over=(ENTRY, COLUMN))
def rate_a(pace):
    """A hundredth of the initial value a year."""
    return FIRST * pace


@flow("1/yr", "流入", "Inflow", over=(ENTRY, COLUMN))
def inflow_a(rate_a):
    """At a constant rate."""
    return rate_a


@auxiliary("1", "汇总", "Subscript 1d sum", over=COLUMN)
def subscript_1d_sum(stock_a):
    """Over entries."""
    return total(stock_a)


@auxiliary("1", "汇总", "Subscript 1d max", over=ENTRY)
def subscript_1d_max(stock_a):
    """Over columns."""
    return largest(stock_a, axis=1)


@auxiliary("1", "汇总", "Subscript 1d min", over=COLUMN)
def subscript_1d_min(stock_a):
    """Over entries."""
    return smallest(stock_a)


@auxiliary("1", "汇总", "Subscript 1d product", over=ENTRY)
def subscript_1d_product(stock_a):
    """Over columns."""
    return product(stock_a, axis=1)


@auxiliary("1", "汇总", "Subscript 2d sum")
def subscript_2d_sum(stock_a):
    """Over entries and columns."""
    return total(total(stock_a))


@auxiliary("1", "汇总", "Subscript 2d max")
def subscript_2d_max(stock_a):
    """Over entries and columns."""
    return largest(largest(stock_a))


@auxiliary("1", "汇总", "Subscript 2d min")
def subscript_2d_min(stock_a):
    """Over entries and columns."""
    return smallest(smallest(stock_a))


@auxiliary("1", "汇总", "Subscript 2d product")
def subscript_2d_product(stock_a):
    """Over entries and columns."""
    return product(product(stock_a))


@auxiliary("1", "汇总", "Subscript secondary sum")
def subscript_secondary_sum(subscript_1d_sum):
    """Over columns."""
    return total(subscript_1d_sum)


@auxiliary("1", "汇总", "Subscript secondary max")
def subscript_secondary_max(subscript_1d_max):
    """Over entries."""
    return largest(subscript_1d_max)


@auxiliary("1", "汇总", "Subscript secondary min")
def subscript_secondary_min(subscript_1d_min):
    """Over columns."""
    return smallest(subscript_1d_min)


@auxiliary("1", "汇总", "Subscript secondary product")
def subscript_secondary_product(subscript_1d_product):
    """Over entries."""
    return product(subscript_1d_product)


@auxiliary("1", "汇总", "Subcript max 123")
def subcript_max_123(input_3d):
    """Over all."""
    return largest(largest(largest(input_3d)))


@auxiliary("1", "汇总", "Subcript sum 2", over=(DEPTH, ENTRY))
def subcript_sum_2(input_3d):
    """Over columns."""
    return total(input_3d, axis=2)


@auxiliary("1", "汇总", "Subscript max 12", over=DEPTH)
def subscript_max_12(input_3d):
    """Over entries and columns."""
    return largest(largest(input_3d, axis=1), axis=1)


@auxiliary("1", "汇总", "Subscript min 13", over=COLUMN)
def subscript_min_13(input_3d):
    """Over depths and entries."""
    return smallest(smallest(input_3d))


@auxiliary("1", "汇总", "Subscript min 23", over=ENTRY)
def subscript_min_23(input_3d):
    """Over columns and depths."""
    return smallest(smallest(input_3d, axis=2))


@auxiliary("1", "汇总", "Subscript prod 12", over=DEPTH)
def subscript_prod_12(input_3d):
    """Over entries and columns."""
    return product(product(input_3d, axis=1), axis=1)


@auxiliary("1", "汇总", "Subscript prod 23", over=ENTRY)
def subscript_prod_23(input_3d):
    """Over columns and depths."""
    return product(product(input_3d, axis=2))


@auxiliary("1", "汇总", "Subscript sum 13", over=COLUMN)
def subscript_sum_13(input_3d):
    """Over depths and entries."""
    return total(total(input_3d))


@auxiliary("1", "汇总", "Complex max", over=(DEPTH, COLUMN))
def complex_max(time, switch_at, input_3d, stock_a):
    """Over entries of the input, first of the stock."""
    return largest(where(time > switch_at, input_3d, stock_a), axis=1)


@auxiliary("1", "汇总", "Complex min", over=(DEPTH, COLUMN))
def complex_min(input_3d, stock_a):
    """Over entries of a sum."""
    return smallest(input_3d + 2 * stock_a - 5.0, axis=1)


@auxiliary("1", "汇总", "Complex prod", over=COLUMN)
def complex_prod(input_3d, stock_a):
    """Over depths and entries of a difference."""
    return product(product(input_3d - 0.1 * stock_a))


@auxiliary("1", "汇总", "Complex sum", over=(DEPTH, COLUMN))
def complex_sum(input_3d, stock_a):
    """Over entries of a product."""
    return total(input_3d * stock_a, axis=1)


@auxiliary("1", "汇总", "Complex sum subrange", over=(ENTRY, COLUMN))
def complex_sum_subrange(input_3d, stock_a):
    """Over the first two depths of a product."""
    return (input_3d[0] + input_3d[1]) * stock_a
