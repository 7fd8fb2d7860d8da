"""Prints results as a table."""


def table(figures, out):
    """Prints one row per measurement: our value, the other one, and the ratio."""
    out.write("| work | ours | compared with | theirs | ratio | notes |\n| --- | --- | --- | --- | --- | --- |\n")
    for row in figures["rows"]:
        theirs = row.get("theirs")
        ratio = f"{row['ours'] / theirs:.2f}" if theirs else ""
        cells = [
            row["work"], amount(row["ours"], row["unit"]), row.get("other", ""), amount(theirs, row["unit"]) if theirs else "", ratio,
            row.get("notes", "")]
        out.write("| " + " | ".join(cells) + " |\n")


def amount(value, unit):
    text = f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
    return f"{text} {unit}"
