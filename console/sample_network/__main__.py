"""Command line: write the sample network into a folder and list its deliveries."""

import argparse
import sys
from pathlib import Path

from console.sample_network.generator import generate


def main(arguments: list[str]) -> int:
    """Write the sample network; arguments are the folder and, optionally, the seed."""
    parser = argparse.ArgumentParser(prog="python -m console.sample_network", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write the files")
    parser.add_argument("seed", type=int, nargs="?", default=2020, help="another seed gives another network")
    given = parser.parse_args(arguments)
    sample = generate(given.folder, given.seed)
    for delivery in sample.deliveries:
        sys.stdout.write(f"{delivery.source:24}{delivery.sender:18}{delivery.path.name:52}{delivery.expected}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
