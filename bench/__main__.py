"""python -m bench --size 100000 [--only postgres|sqlite] [--write]"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench import report
from bench.running import measure_one

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--size", type=int, default=100_000, help="cases")
    parser.add_argument("--only", choices=["postgres", "sqlite"], help="one database instead of both")
    parser.add_argument("--seconds", type=float, default=4.0, help="per measurement")
    args = parser.parse_args()
    kept = ROOT / "docs" / "performance.json"
    results = json.loads(kept.read_text()) if kept.exists() else {}
    for database in [args.only] if args.only else ["postgres", "sqlite"]:
        with tempfile.TemporaryDirectory(prefix="shouwen-bench-") as folder:
            found = measure_one(database, args.size, Path(folder), args.seconds)
        results[f"{database}-{args.size}"] = found
        kept.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    report.write(results, ROOT / "docs")
    print(f"written: docs/performance.md ({', '.join(sorted(results))})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
