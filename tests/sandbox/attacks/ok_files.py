# EXPECT: files that a program writes come back, folders included
# STATUS: ok
# FILES: reports/year.txt table.csv
# PLAIN: harmless
import pathlib

pathlib.Path("table.csv").write_text("n,square\n2,4\n")
pathlib.Path("reports").mkdir()
pathlib.Path("reports/year.txt").write_text("dry")
