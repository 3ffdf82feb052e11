"""Workbooks as their readers see them."""
import datetime
import io
import xml.etree.ElementTree
import zipfile


def sheet(body, number):
    """The rows of a sheet as (kind, text): kinds are "text", "number" and "date"."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        tree = xml.etree.ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        styles = xml.etree.ElementTree.fromstring(book.read("xl/styles.xml"))
    formats = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(space + "numFmt")}
    dates = {str(i) for i, one in enumerate(styles.find(space + "cellXfs")) if "yyyy" in formats.get(one.get("numFmtId"), "")}

    def read(cell):
        if cell.get("t") == "inlineStr":
            return "text", "".join(cell.itertext())
        value = cell.findtext(space + "v")
        if cell.get("s") in dates:
            return "date", (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value))).isoformat()
        return ("number", value) if value else ("text", "")
    return [[read(cell) for cell in row] for row in tree.iter(space + "row")], tree.find(f".//{space}f") is not None
