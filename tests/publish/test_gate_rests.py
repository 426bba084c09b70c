"""What areas leave of the one that they lie in: nobody prints it, and a part counts no more of it than its whole does."""

from statpress.paths import Project
from statpress.publish.publish import publish


def test_what_is_left_of_the_whole_area_does_not_tell_what_is_withheld_of_a_part(project):
    """8 of all 300 children are elsewhere. Were all that is printed here shown, 2 at least of the 10 were in this area."""
    source = project / "pipelines/missing/source/missing.csv"
    source.write_text(
        "measure,area,period,sex,value\n"
        "children,E9,2018/19,all,300\nchildren-missing,E9,2018/19,all,10\n"
        "children,E1,2018/19,all,292\nchildren-missing,E1,2018/19,all,4\n"
    )
    publish(Project(project))
    lines = (project / "datapackages/missing/data/observations.csv").read_text().splitlines()
    cells = [line.split(",") for line in lines[1:]]
    shown = {(cell[0], cell[1]) for cell in cells if cell[4]}
    assert not shown >= {("children", "E9"), ("children", "E1"), ("children-missing", "E9")}
    assert shown >= {("children", "E9")} and ("children-missing", "E1") not in shown
