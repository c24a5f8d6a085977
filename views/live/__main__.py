"""`python -m views.live FILE`: check that live classes can be kept in a file, which is made where there is none.

The command line calls it so before it starts the app. It writes what is wrong, and ends with exit code 2 then.
"""

import sqlite3
import sys
from pathlib import Path

from .store import NotAClassFileError, Store

BAD_INPUT = 2

if __name__ == "__main__":
    path = Path(sys.argv[1])
    try:
        Store(path).close()
    except (NotAClassFileError, sqlite3.Error, OSError) as error:
        print(f"{path}: {error}" if not isinstance(error, NotAClassFileError) else error, file=sys.stderr)
        sys.exit(BAD_INPUT)
