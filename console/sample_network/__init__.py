"""A synthetic supply network with planted truths, written as the files real senders would deliver."""

from console.sample_network.expected import Expected
from console.sample_network.generator import generate
from console.sample_network.network import SampleDelivery, SampleNetwork
from console.sample_network.planted import PLANTED, Planted

__all__ = ["PLANTED", "Expected", "Planted", "SampleDelivery", "SampleNetwork", "generate"]
