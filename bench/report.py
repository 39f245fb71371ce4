"""docs/performance.md and its charts, from what was found."""

import json
from pathlib import Path
from typing import Any

# What the best open-source desk reaches (ratios measured at 100 000 tickets) and what ours must reach.
# (name, our measurement, limit, kind, best peer, target): "times" = p50 over the limit's p50, "share" = rate over rate.
GOALS: tuple[tuple[str, str, str, str, str, float], ...] = (
    ("inbox list, 50 rows", "inbox list part", "raw page", "times", "575", 40),
    ("open a case, whole page", "case page", "raw open", "times", "12 (JSON)", 40),
    ("open a case, JSON", "case, JSON", "raw open", "times", "12", 15),
    ("search, Latin word", "search, Latin word", "raw page", "times", "8", 20),
    ("search, Chinese word", "search, Chinese word", "raw page", "times", "2600", 20),
    ("create by API, 1 client", "create, 1 client", "raw insert, 1 client", "share", "0.09", 0.12),
    ("create by API, 8 clients", "create, 8 clients", "raw insert, 8 clients", "share", "0.065", 0.08),
    ("reply, 1 client", "reply, 1 client", "raw insert, 1 client", "share", "0.09", 0.12),
    ("reply, 8 clients", "reply, 8 clients", "raw insert, 8 clients", "share", "0.05", 0.07),
    ("mail into a case", "mail into a case", "raw insert, 1 client", "share", "0.05", 0.10),
)


def ratio(found: dict[str, Any], ours: str, limit: str, kind: str) -> float:
    mine, best = found["work"][ours], found["limits"][limit]
    return float(mine["p50_ms"] / best["p50_ms"] if kind == "times" else mine["rate"] / best["rate"])


def _verdict(value: float, kind: str, target: float) -> str:
    met = value <= target if kind == "times" else value >= target
    return "met" if met else "**missed**"


def _shown(value: float, kind: str) -> str:
    return f"{value:.1f} ×" if kind == "times" else f"{value:.3f}"


def _goals(found: dict[str, Any]) -> list[str]:
    lines = ["| | best peer | target | measured | |", "|---|--:|--:|--:|---|"]
    for name, ours, limit, kind, peer, target in GOALS:
        value = ratio(found, ours, limit, kind)
        aim = f"≤ {target:g} ×" if kind == "times" else f"≥ {target:g}"
        lines.append(f"| {name} | {peer} | {aim} | {_shown(value, kind)} | {_verdict(value, kind, target)} |")
    idle, loaded = found["memory_idle_mb"], found["memory_loaded_mb"]
    met = "met" if idle <= 180 and loaded <= 260 else "**missed**"
    lines.append(f"| memory idle / under load, MB | 87 / 101 | ≤ 180 / 260 | {idle} / {loaded} | {met} |")
    return lines


def _figures(found: dict[str, Any]) -> list[str]:
    lines = ["| | per second | p50 ms | p95 ms | n | followed up, s |", "|---|--:|--:|--:|--:|--:|"]
    rows = {**{f"limit: {name}": row for name, row in found.get("limits", {}).items()}, **found["work"]}
    for name, row in rows.items():
        after = f"{row['followed_s']:g}" if "followed_s" in row else ""
        lines.append(
            f"| {name} | {row['rate']:g} | {row['p50_ms']:g} | {row['p95_ms']:g} | {row['n']} | {after} |"
        )
    return lines


def _chart(results: dict[str, Any], folder: Path) -> None:
    """p50 by size and database, one picture."""
    import vl_convert

    shown = (
        "inbox list part",
        "case page",
        "case, JSON",
        "search, Chinese word",
        "create, 1 client",
        "reply, 1 client",
    )
    values = [
        {
            "what": name,
            "ms": found["work"][name]["p50_ms"],
            "where": f"{found['database']} · {found['size']:,}",
        }
        for found in results.values()
        for name in shown
        if name in found["work"]
    ]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 520,
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "y": {"field": "what", "type": "nominal", "title": None, "sort": list(shown)},
            "yOffset": {"field": "where"},
            "x": {"field": "ms", "type": "quantitative", "title": "p50, milliseconds"},
            "color": {"field": "where", "title": None},
        },
    }
    (folder / "performance.svg").write_text(vl_convert.vegalite_to_svg(json.dumps(spec)))


def write(results: dict[str, Any], folder: Path) -> None:
    lines = [
        "# Performance",
        "",
        "Written by `make bench`; ratios are against the machine's own limits in the same run, by the bare driver on",
        "PostgreSQL: a case row and a message row per transaction (*raw insert*), an indexed page of 25 rows (*raw page*),",
        "a row and its messages by key (*raw open*). Times include HTTP on one connection a client.",
        "*Followed up*: seconds from the last answer until all that follows from the writes was done too (offers,",
        "acknowledgements, search index, delivery); the next measurement begins then.",
        "",
        "![p50 by work, database and size](performance.svg)",
        "",
    ]
    for name in sorted(results, key=lambda key: (results[key]["size"], key)):
        found = results[name]
        lines += [f"## {found['database']}, {found['size']:,} cases", ""]
        lines += [f"{found['machine']}; filled in {found['fill_seconds']:g} s.", ""]
        if "limits" in found:
            lines += [*_goals(found), ""]
        lines += [*_figures(found), ""]
        lines += [*_against_bare(found), ""]
    lines += _growth(results)
    _chart(results, folder)
    (folder / "performance.md").write_text("\n".join(lines).rstrip() + "\n")


def _against_bare(found: dict[str, Any]) -> list[str]:
    """What list and page take beside a bare view and their own SQL."""
    lines = []
    for what, row, sql in (("List", "inbox list part", "list_ms"), ("Page", "case page", "page_ms")):
        if sql in found["sql"]:
            bare = found["work"]["bare view"]["p50_ms"] + found["sql"][sql]
            times = found["work"][row]["p50_ms"] / bare
            lines.append(
                f"{what} against a bare view and its own SQL run bare ({bare:.2f} ms): {times:.1f} × (target ≤ 3 ×)."
            )
    return ["  \n".join(lines)]


def _growth(results: dict[str, Any]) -> list[str]:
    """Page and list at a million against ten thousand."""
    lines = []
    for database in ("postgres", "sqlite"):
        small, large = results.get(f"{database}-10000"), results.get(f"{database}-1000000")
        if small and large:
            for name in ("inbox list part", "case page"):
                value = large["work"][name]["p50_ms"] / small["work"][name]["p50_ms"]
                lines.append(f"- {database}, {name}: {value:.2f} × (target ≤ 1.5 ×)")
    return ["## A million cases against ten thousand", "", *lines, ""] if lines else []
