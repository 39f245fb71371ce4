"""What the clock would start at a later time: `python later.py <ISO time>`. Time is passed in, nobody waits for it."""

import sys
from datetime import datetime

from shouwen.cases import services as cases
from shouwen.promises import services as promises

if __name__ == "__main__":
    at = datetime.fromisoformat(sys.argv[1])
    print(promises.tick(at=at), cases.close_silent(at=at))
