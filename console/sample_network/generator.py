"""Generate the whole sample: all deliveries of one network over three years, in the order they would arrive."""

from pathlib import Path

from console.sample_network.companies import found_companies
from console.sample_network.network import SampleNetwork
from console.sample_network.steps import STEPS
from console.sample_network.writing import LABEL

README = f"""This folder holds a {LABEL}.

Companies, figures, certificates, targets and trade values are invented by `python -m console.sample_network`.
Names of countries are real, nothing else is. Layouts of files follow their publishers, contents do not.
Folders: <source>/<sender>/<file>. The same seed gives the same bytes.
"""


def generate(folder: Path, seed: int = 2020) -> SampleNetwork:
    """Write all files of the sample below a folder; the same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(README, encoding="utf-8", newline="\n")
    sample = SampleNetwork(folder, seed, found_companies(seed))
    for step in STEPS:
        step(sample)
    return sample
