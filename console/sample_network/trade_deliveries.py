"""The trade deliveries: BACI's years and code lists and two layouts of UN Comtrade."""

from console.sample_network import trade_files
from console.sample_network.figures import YEARS
from console.sample_network.network import SampleNetwork
from console.sample_network.trade_flows import API_GOODS, LEGACY_GOODS, baci_goods, trade

RELEASE = "V202501"


def deliver_trade(sample: SampleNetwork) -> None:
    """Write BACI's years and code lists and two layouts of UN Comtrade; BACI's readers know its files by name."""
    flows = trade(sample.seed)
    lists = {"country_codes": trade_files.write_country_codes, "product_codes_HS22": trade_files.write_product_codes}
    for name, write in lists.items():
        path = sample.place("trade_data", "cepii", f"{name}_{RELEASE}.csv")
        sample.add("trade_data", write(path), "invented list in the layout of BACI")
    for year in YEARS:
        path = sample.place("trade_data", "cepii", f"BACI_HS22_Y{year}_{RELEASE}.csv")
        chosen = [flow for flow in flows if flow.hs6 in baci_goods()]
        sample.add(
            "trade_data", trade_files.write_baci(path, chosen, year), f"invented trade in the layout of BACI, {year}"
        )
    path = sample.place("trade_data", "comtrade", "synthetic_comtrade_export.csv")
    trade_files.write_legacy(path, [flow for flow in flows if flow.hs6 in LEGACY_GOODS])
    sample.add("trade_data", path, "invented trade in UN Comtrade's old export")
    path = sample.place("trade_data", "comtrade", "synthetic_comtrade_api.csv")
    trade_files.write_api(path, [flow for flow in flows if flow.hs6 in API_GOODS])
    sample.add("trade_data", path, "invented trade in the layout of UN Comtrade's API")
