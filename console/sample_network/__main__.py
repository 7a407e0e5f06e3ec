"""Command line: write the sample network into a folder and list its deliveries."""

import sys
from pathlib import Path

from console.sample_network.generator import generate


def main(arguments: list[str]) -> int:
    """Write the sample network; arguments are the folder and, optionally, the seed."""
    if len(arguments) not in (1, 2):
        sys.stderr.write("usage: python -m console.sample_network FOLDER [SEED]\n")
        return 2
    sample = generate(Path(arguments[0]), *(int(seed) for seed in arguments[1:]))
    for delivery in sample.deliveries:
        sys.stdout.write(f"{delivery.source:24}{delivery.sender:18}{delivery.path.name:52}{delivery.expected}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
