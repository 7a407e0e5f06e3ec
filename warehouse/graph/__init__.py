"""Graph algorithms that iterate, on compiled libraries; the SQL models that publish a measure read what these give."""

from warehouse.graph.cascade import Outcome, run_cascade
from warehouse.graph.economy import Economy
from warehouse.graph.measures import graph_measures
from warehouse.graph.networks import Network, yearly
from warehouse.graph.systemic_risk import systemic_risk

__all__ = ["Economy", "Network", "Outcome", "graph_measures", "run_cascade", "systemic_risk", "yearly"]
