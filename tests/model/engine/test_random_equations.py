"""Random equations: the compiled engine computes what numpy computes, whatever is combined in whatever order."""

import numpy as np
import pytest

from model.engine import Axis, DeclarationError, auxiliary
from model.engine.checked_system import Input
from model.engine.ensemble import compiled_batch
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.engine.reference import run

from .mini import system_of

SHORT, LONG = Axis("short", ("a", "b", "c")), Axis("long", tuple("abcdefgh"))
BOTH = (SHORT, LONG)
OVER = {(): None, (3,): SHORT, (8,): LONG, (3, 8): BOTH}
HORIZON = Horizon(2000, 2001, 2)
UNARY = (
    np.negative,
    np.abs,
    np.tanh,
    np.floor,
    np.rint,
    lambda a: np.sqrt(np.abs(a)),
    lambda a: np.log(np.abs(a) + 1),
    lambda a: np.log1p(np.abs(a)),
    lambda a: np.exp(np.minimum(a, 3.0)),
    lambda a: np.square(a) / (1 + np.square(a)),
)
BINARY = (
    np.add,
    np.subtract,
    np.multiply,
    np.minimum,
    np.maximum,
    np.logaddexp,
    lambda a, b: a / (1 + np.abs(b)),
    lambda a, b: np.abs(a) ** np.tanh(b),
    lambda a, b: np.where((a > b) & ~(b > 1.0), a, 0.5 * b),
    lambda a, b: a * (b <= a) + (a != b),
)
MEMBERSHIP = np.array([[1.0, 0, 1], [0, 1, 0], [1, 1, 1], [0.5, 0, 2]])


def chapter(seed):
    """Auxiliaries that depend on inputs and on one another, as many shapes as they come in."""
    generator = np.random.default_rng(seed)
    shapes = {"alpha": (), "beta": (), "one": (3,), "many": (8,), "all_of": (3, 8)}
    declared = {}
    for k in range(40):
        name = f"v{k}"
        first, second = generator.choice(list(shapes), 2)
        kind = generator.integers(5)
        if kind == 0:
            function, shape = UNARY[generator.integers(len(UNARY))], shapes[first]
            declared[name] = equation(lambda a, function=function: function(a), (first,), shape)
        elif kind < 4 or not shapes[first]:
            if np.broadcast_shapes(*_compatible(shapes[first], shapes[second])) not in OVER:
                second = first
            function, shape = (
                BINARY[generator.integers(len(BINARY))],
                np.broadcast_shapes(shapes[first], shapes[second]),
            )
            declared[name] = equation(lambda a, b, function=function: function(a, b), (first, second), shape)
        else:
            declared[name] = reduced(generator, first, shapes[first])
            shape = tuple(len(axis) for axis in declared[name].bind(name, "x")[0].axes)
        shapes[name] = shape
    return declared


def _compatible(a, b):
    try:
        np.broadcast_shapes(a, b)
        return a, b
    except ValueError:
        return (99,), (99,)


def equation(function, causes, shape):
    """An auxiliary with these causes; its arguments get their names."""
    names = [f"{cause}" for cause in causes]
    scope = {"function": function}
    arguments = list(dict.fromkeys(names))
    exec(f"def made({', '.join(arguments)}):\n    'Random.'\n    return function({', '.join(names)})", scope)
    return auxiliary("1", "随机", "Random", over=OVER[shape])(scope["made"])


def reduced(generator, cause, shape):
    """A sum, limit, entry or regrouping of an array."""
    choices = [(np.sum, ()), (np.max, ()), (np.min, ())]
    if len(shape) == 2:
        choices = [
            (lambda a: np.sum(a, axis=0), shape[1:]),
            (lambda a: np.max(a, axis=1), shape[:1]),
            (lambda a: a[1], shape[1:]),
            (lambda a: a[:, 2], shape[:1]),
        ]
    elif shape == (3,):
        choices += [(lambda a: a[1], ()), (lambda a: np.tensordot(MEMBERSHIP, a, axes=1)[3], ())]
        choices += [(lambda a: np.stack([a[2], a[0], a[0] + a[1]]), (3,))]
    function, result = choices[generator.integers(len(choices))]
    return equation(function, (cause,), result)


def inputs(seed, members=None):
    """Random values of the inputs, with members first."""
    generator = np.random.default_rng(1000 + seed)
    lead = () if members is None else (members,)
    sizes = {"alpha": (), "beta": (), "one": (3,), "many": (8,), "all_of": (3, 8)}
    return {name: generator.normal(0, 2, (*lead, *shape)) for name, shape in sizes.items()}


def system(seed):
    declared = [Input("alpha", "parameter", "1"), Input("one", "parameter", "1", axis=SHORT)]
    declared += [Input("beta", "driver", "1", interpolation="linear"), Input("many", "lever", "1", axis=LONG)]

    @auxiliary("1", "全", "All", over=BOTH)
    def all_of(one, many):
        """Over both axes."""
        return one[:, None] * many + one[:, None]

    return system_of(declared, [SHORT, LONG], all_of=all_of, **chapter(seed))


def given(seed):
    values = inputs(seed)
    tables = {"beta": values["beta"] + np.arange(3.0), "many": values["many"] * np.arange(1.0, 4)[:, None]}
    return {name: values[name] for name in ("alpha", "one")}, tables


@pytest.mark.parametrize("seed", range(25))
def test_single_runs_and_members_compute_what_numpy_computes(seed):
    model = system(seed)
    parameters, tables = given(seed)
    expected = run(model, HORIZON, parameters, tables)
    found = compiled(model, HORIZON)(parameters, tables)
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-12, atol=1e-12, err_msg=name)
    others = inputs(seed, members=3)["one"]
    others[1] = parameters["one"]
    together = compiled_batch(model, HORIZON, ("one",))({"one": others}, parameters, tables)
    for name, values in found.items():
        np.testing.assert_array_equal(together[name][1], values, err_msg=name)


def test_a_choice_between_equal_values_has_the_shape_of_the_condition():
    def chosen(one):
        """The same either way."""
        return np.where(one > 0, 1.0, 1.0)

    declared = auxiliary("1", "择", "Chosen", over=SHORT)(chosen)
    model = system_of([Input("one", "parameter", "1", axis=SHORT)], [SHORT], chosen=declared)
    found = compiled(model, HORIZON)({"one": np.array([-1.0, 0.0, 1.0])}, {})["chosen"]
    np.testing.assert_array_equal(found, np.ones((2, 3)))


def test_a_condition_on_numbers_is_decided_before_the_run():
    """Comparisons of numbers choose when the model is traced: all of one, all of the other, or entry by entry."""

    def first(one, alpha):
        """True everywhere."""
        return np.where(np.array([1.0, 2.0, 3.0]) > 0.0, one, alpha)

    def second(one, alpha):
        """False, as a scalar."""
        return np.where(1.0 > 2.0, one, alpha)

    def mixed(one, alpha):
        """True in the middle; the second alternative is a scalar."""
        return np.where(np.array([1.0, 5.0, 3.0]) > 3.0, 2.0 * one, alpha)

    values = [Input("one", "parameter", "1", axis=SHORT), Input("alpha", "parameter", "1")]
    equations = {f.__name__: auxiliary("1", "择", "Chosen", over=SHORT)(f) for f in (first, second, mixed)}
    results = compiled(system_of(values, [SHORT], **equations), HORIZON)(
        {"one": np.array([-1.0, 0.5, 1.0]), "alpha": 7.0}, {}
    )
    np.testing.assert_array_equal(results["first"][0], [-1, 0.5, 1])
    np.testing.assert_array_equal(results["second"][0], [7, 7, 7])
    np.testing.assert_array_equal(results["mixed"][0], [7, 1, 7])


def test_numbers_that_are_no_comparison_are_no_condition():
    def counted(one):
        """1 and 0 are numbers, not true and false."""
        return np.where(np.array([1.0, 0.0, 1.0]), one, 0.0)

    assert "needs a comparison as its condition" in refused(counted, SHORT)


def refused(function, over=None):
    values = [Input("one", "parameter", "1", axis=SHORT), Input("alpha", "parameter", "1")]
    model = system_of(values, [SHORT, LONG], wrong=auxiliary("1", "误", "Wrong", over=over)(function))
    with pytest.raises(DeclarationError) as error:
        compiled(model, HORIZON)
    assert str(error.value).startswith("wrong (mini): ")
    return str(error.value)


def test_what_cannot_be_traced_is_refused_with_the_name_of_the_variable():
    def sine(alpha):
        """No function of the engine."""
        return np.sin(alpha)

    def branch(alpha):
        """Decides before the run."""
        return alpha if alpha > 0 else -alpha

    def outside(one):
        """Has three entries."""
        return one[5]

    def method(one):
        """Expressions have no methods."""
        return one.sum()

    assert "numpy.sin cannot be used in equations; there are absolute, add" in refused(sine)
    assert "not known before the run; use where()" in refused(branch)
    assert "index 5 is out of bounds" in refused(outside)
    assert "has no attribute 'sum'" in refused(method)
