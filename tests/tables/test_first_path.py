"""A table from file to observations."""

from __future__ import annotations

from workshop import Workshop


def test_a_csv_becomes_observations(workshop: Workshop) -> None:
    table = """
        where,period,kind of break,break,count
        NEL,2018/19,total,All,"1,045"
        North East Lincolnshire,2018/19,sex,Boys,25
        E06000012,2018/19,sex,Female,<7
        England,2017-18,,,-
        NEL,2016/17,words,many,lots
        """
    steps = """
        - rename: {where: area, count: value}
        - filter: {drop: {kind of break: words}, reason: words-only}
        - spread: {names: kind of break, values: break, into: {sex: sex}, whole: [total]}
        - period: {kinds: [financial-year]}
        """
    options = """
        thousands: ","
        marks: {"<7": c, "-": x}
        """
    loaded = workshop.load(table, steps, options=options, dimensions="sex: adds-up")
    assert loaded.drawn("measure", "area", "period", "sex", "value", "status", "note", "source", "source_row") == [
        "children E06000012 2018-04-01/P1Y all 1045 . . 0 2",
        "children E06000012 2018-04-01/P1Y male 25 . . 0 3",
        "children E06000012 2018-04-01/P1Y female . c . 0 4",
        "children E92000001 2017-04-01/P1Y all . x . 0 5",
    ]
    assert loaded.observations is not None
    assert loaded.observations.left_out.to_dict("records") == [{"source": 0, "source_row": "6", "reason": "words-only"}]
    assert loaded.observations.periods.to_numpy().tolist() == [
        ["2017-04-01/P1Y", "2017/18", "financial-year", "2017-04-01", "2018-03-31"],
        ["2018-04-01/P1Y", "2018/19", "financial-year", "2018-04-01", "2019-03-31"],
    ]
    assert [(file.path, file.rows) for file in loaded.observations.sources] == [("table.csv", 5)]
