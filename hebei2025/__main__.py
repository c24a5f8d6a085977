"""The command line as a module: `python -m hebei2025` is the same as `hebei2025`."""

from __future__ import annotations


def main() -> None:
    """Run the command line; importing this package has checked that no foreign module hides its parts."""
    from cli.main import main as run_command

    run_command()


if __name__ == "__main__":
    main()
