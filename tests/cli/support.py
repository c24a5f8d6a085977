"""Running the command line in tests."""

from typer.testing import CliRunner

from cli.main import app
from model.scenario import SHIPPED

BASELINE = SHIPPED / "as_happened.yaml"
EFFICIENT = SHIPPED / "efficiency_only.yaml"


def hebei2025(*arguments, columns=80):
    """Call the program on a screen of so many columns; None: into a file."""
    width = None if columns is None else str(columns)
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": width})


def run(*arguments):
    """Run and require success."""
    result = hebei2025("run", *arguments)
    assert result.exit_code == 0, result.output
    return result


def refused(*arguments):
    """Run, require a refusal, and give its message."""
    result = hebei2025(*arguments)
    assert result.exit_code == 2, (result.exit_code, result.output, result.exception)
    assert "Traceback" not in result.output
    return result.stderr


def tree(folder):
    """All paths in a folder."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))
