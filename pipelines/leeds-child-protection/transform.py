"""The average of the core cities without Leeds, which the report does not print: it has Leeds among its core cities."""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

PRINTED = ["Leeds", "leeds-core-cities-with-leeds"]
ONE_DECIMAL = Decimal("0.1")


def transform(table: pd.DataFrame) -> pd.DataFrame:
    """The table, and one row more a period: the mean of the other core cities, each of which counts alike."""
    cities = table[(table["comparator_group"] == "Core cities") & ~table["area"].isin(PRINTED)]
    means = [_mean(rows) for _, rows in cities.groupby("period")]
    return pd.concat([table, *means], ignore_index=True)


def _mean(cities: pd.DataFrame) -> pd.DataFrame:
    rates = [Decimal(rate) for rate in cities["value"]]
    mean = (sum(rates) / len(rates)).quantize(ONE_DECIMAL, ROUND_HALF_UP)
    note = f"We have worked out this average of {len(rates)} cities."
    return cities.head(1).assign(
        area="Core cities, without Leeds", value=str(mean), note=note, source_row=" ".join(cities["source_row"])
    )
