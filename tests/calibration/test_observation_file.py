"""Files of observations as people write them: read, or refused with the line of the error."""

import csv

import pytest

from calibration.observation_file import COLUMNS, ObservationError, read_observations

ROW = {
    "series": "crude_steel_output",
    "sector": "steel",
    "year": "2018",
    "period": "year",
    "value": "237.3",
    "unit": "Mt",
    "definition": "",
    "source": "yearbook",
    "source_url": "",
    "confidence": "A",
    "note": "",
}
HEADER = ",".join(COLUMNS)


def line_of(**cells):
    return ",".join({**ROW, **cells}.values())


def read(folder, *lines, encoding="utf-8", end="\n"):
    file = folder / "new.csv"
    file.write_bytes((end.join(lines) + end).encode(encoding))
    return read_observations(file)


def refusal(folder, *lines, encoding="utf-8", end="\n"):
    with pytest.raises(ObservationError) as stopped:
        read(folder, *lines, encoding=encoding, end=end)
    message = str(stopped.value)
    assert message.startswith(f"{folder / 'new.csv'}:"), message
    return message.removeprefix(f"{folder / 'new.csv'}:")


def test_numbers_and_lines_of_a_plain_file(tmp_path):
    table = read(tmp_path, HEADER, line_of(), line_of(year="2019", value="2.4e2"))
    assert table["value"].tolist() == [237.3, 240.0]
    assert table["year"].tolist() == [2018, 2019]
    assert table["line"].tolist() == [2, 3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path, end, encoding):
    table = read(tmp_path, HEADER, line_of(definition="粗钢"), encoding=encoding, end=end)
    assert table.loc[0, "definition"] == "粗钢" and table.loc[0, "series"] == "crude_steel_output"


def test_blank_lines_and_lines_of_commas_are_skipped_but_counted(tmp_path):
    lines = [HEADER, line_of(), "", " ", "," * 10, line_of(value="x")]
    assert refusal(tmp_path, *lines).startswith("6: value 'x' is no number")
    assert read(tmp_path, "", *lines[:-1], line_of(year="2019"))["line"].tolist() == [3, 7]


def test_a_cell_over_several_lines_counts_all_of_them(tmp_path):
    several = line_of(definition='"one\ntwo\nthree"')
    assert read(tmp_path, HEADER, several, line_of(year="2019"))["line"].tolist() == [2, 5]
    assert refusal(tmp_path, HEADER, several, line_of(value="x")).startswith("5: value 'x'")
    assert refusal(tmp_path, HEADER, line_of(definition='"one\ntwo"', value="x")).startswith("2: value 'x'")


def test_trailing_commas_and_missing_last_cells_are_read(tmp_path):
    table = read(tmp_path, HEADER, line_of() + ",,", line_of(year="2019").rstrip(","))
    assert table["note"].tolist() == ["", ""]
    table = read(tmp_path, HEADER + ",", line_of() + ",")
    assert table["value"].tolist() == [237.3]


def test_cells_without_a_column_are_refused(tmp_path):
    assert refusal(tmp_path, HEADER, line_of(), line_of() + ",more").startswith(
        "3: 'more' is in a column without a name: the header has 11 names"
    )
    assert refusal(tmp_path, HEADER + ",", line_of() + ",more").startswith("2: 'more' is in a column")
    # A thousands separator shifts all cells that follow.
    assert refusal(tmp_path, HEADER, line_of(value="1,234.5", note="x")).startswith("2: ")


def test_further_columns_with_a_name_are_preserved(tmp_path):
    assert read(tmp_path, f"{HEADER},page", f"{line_of()},7").loc[0, "page"] == "7"


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"series": ""}, "series '' is empty"),
        ({"sector": " "}, "sector '' is empty"),
        ({"value": ""}, "value '' is no number"),
        ({"value": "NaN"}, "value 'NaN' is no number"),
        ({"value": "inf"}, "value 'inf' is no number"),
        ({"value": "1e999"}, "value '1e999' is no number"),
        ({"value": "TRUE"}, "value 'TRUE' is no number"),
        ({"value": "２３７"}, "value '２３７' is no number"),
        ({"value": "237_3"}, "value '237_3' is no number"),
        ({"value": "0x10"}, "value '0x10' is no number"),
        ({"value": '"1,234"'}, "value '1,234' is no number; allowed: digits with a decimal point, without separators"),
        ({"year": "2018.5"}, "year '2018.5' is no year; allowed: 1949 to 2035"),
        ({"year": "２０１８"}, "year '２０１８' is no year"),
        ({"year": "2018-03"}, "year '2018-03' is no year"),
        ({"year": "True"}, "year 'True' is no year"),
        ({"year": "20188"}, "year '20188' is no year"),
        ({"year": "18"}, "year '18' is no year"),
        ({"year": "1e300"}, "year '1e300' is no year"),
        ({"confidence": "a"}, "confidence 'a' is unknown; allowed: A, B, C, D"),
        ({"period": "Year"}, "period 'Year' is unknown; allowed: year, part of year"),
        ({"period": ""}, "period '' is unknown"),
    ],
)
def test_cells_that_are_refused(tmp_path, cells, message):
    assert f"3: {message}" in refusal(tmp_path, HEADER, line_of(), line_of(**cells))


def test_a_year_as_a_spreadsheet_writes_it(tmp_path):
    assert read(tmp_path, HEADER, line_of(year="2018.0"))["year"].tolist() == [2018]


def test_headers_that_are_refused(tmp_path):
    assert refusal(tmp_path, HEADER.replace("unit,", "")).startswith("1: columns unit are missing; needed, with commas")
    assert refusal(tmp_path, HEADER.replace(",", ";")).startswith("1: columns series, sector")
    assert refusal(tmp_path, f"{HEADER},unit").startswith("1: column unit appears twice")


def test_files_that_are_no_csv_in_utf_8(tmp_path):
    file = tmp_path / "new.csv"
    file.write_bytes(b"")
    with pytest.raises(ObservationError, match=r"new\.csv:1: the file is empty"):
        read_observations(file)
    file.write_text("\n\n")
    with pytest.raises(ObservationError, match=r"new\.csv:1: the file is empty"):
        read_observations(file)
    assert refusal(tmp_path, HEADER, line_of(), line_of(note="粗钢"), encoding="gb18030").startswith(
        "3: not text in UTF-8"
    )
    assert refusal(tmp_path, HEADER, line_of(note="é"), encoding="latin-1").startswith("2: not text in UTF-8")
    assert refusal(tmp_path, HEADER, encoding="utf-16").startswith("1: not text in UTF-8")
    assert refusal(tmp_path, HEADER, line_of(), line_of(note='"open')).startswith("3: not a row of a CSV file")
    long = csv.field_size_limit() + 1
    assert refusal(tmp_path, HEADER, line_of(note="x" * long)).startswith("2: not a row of a CSV file")
    with pytest.raises(ObservationError, match="cannot be read: Is a directory"):
        read_observations(tmp_path)
    with pytest.raises(ObservationError, match="no such file"):
        read_observations(tmp_path / "none.csv")


def test_a_header_alone_is_a_table_without_rows(tmp_path):
    assert len(read(tmp_path, HEADER)) == 0
