"""The dashboard in a browser: its own spreadsheet says what the server says."""

import pytest
from forms import answer_patiently

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
BOOK = """async () => {
    const loader = odoo.__WOWL_DEBUG__.root.env.services.spreadsheet_dashboard_loader;
    const model = loader.getActiveDashboard().model;
    const cells = {};
    for (const sheet of model.getters.getSheetIds()) {
        const name = model.getters.getSheetName(sheet);
        for (const cell of Object.values(model.getters.getEvaluatedCells(sheet))) {
            cells[name] = [...(cells[name] || []), [cell.type, cell.value]];
        }
    }
    const data = model.getters.getSheetIds()[1];
    const shown = {};
    for (const row of [2, 3, 4, 5, 7, 8]) {
        const at = (col) => ({ sheetId: data, col, row: row - 1 });
        shown[row] = [3, 4].map(
            (col) => model.getters.getEvaluatedCell(at(col)).formattedValue
        );
    }
    return { cells, shown, isSample: Boolean(loader.getActiveDashboard().isSample) };
}"""
NPS, BEFORE, TARGET, ANSWERS, RATE = "2", "3", "4", "5", "7"


def open_dashboard(log_in, viewport=DESKTOP):
    page = log_in(path="/odoo/nps-dashboard", viewport=viewport)
    figure = ".o_figure_container" if viewport is PHONE else ".o-figure-wrapper"
    page.wait_for_selector(f"{figure}, .o-figure")
    page.wait_for_timeout(3000)
    return page


def errors(book):
    return [
        (sheet, *cell)
        for sheet, cells in book["cells"].items()
        for cell in cells
        if cell[0] == "error" or str(cell[1]).startswith("#")
    ]


@pytest.fixture(scope="module")
def answers(request):
    """Ten answers of ten customers, given once for the module."""
    return {}


@pytest.fixture
def answered(quiet_server, customer, answers):
    if not answers:
        for place, score in enumerate((10, 9, 9, 10, 8, 7, 3, 6, 10, 9)):
            link, _contact = customer(f"Customer{place}")
            answer_patiently(f"{link}?s={score}")
        answers["given"] = 10
    return quiet_server


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_an_empty_database_shows_a_sample_without_errors(log_in, viewport):
    page = open_dashboard(log_in, viewport)
    book = page.evaluate(BOOK)
    assert book["isSample"]
    assert errors(book) == []
    assert book["shown"][NPS][0] != ""


def test_the_score_cards_say_what_the_server_says(log_in, answered):
    session = answered.session()
    domain = [["metric", "=", "nps"], ["is_reask", "=", False]]
    measures = ["net_score:avg", "net_low:avg", "net_high:avg", "answered:sum"]
    (total,) = session.call("nps.report", "formatted_read_group", domain, [], measures)
    page = open_dashboard(log_in)
    choose_all_time(page)
    book = page.evaluate(BOOK)
    assert not book["isSample"]
    assert errors(book) == []
    low, high = total["net_low:avg"], total["net_high:avg"]
    assert book["shown"][NPS] == [
        f"{total['net_score:avg']:.1f}",
        f"{low:.1f} to {high:.1f}, n = {total['answered:sum']}",
    ]
    assert book["shown"][ANSWERS][0] == str(total["answered:sum"])


def choose_all_time(page):
    """Take the period away: answers of today are in no finished month."""
    page.evaluate(
        """() => {
            const loader =
                odoo.__WOWL_DEBUG__.root.env.services.spreadsheet_dashboard_loader;
            loader.getActiveDashboard().model.dispatch("SET_GLOBAL_FILTER_VALUE", {
                id: "period",
                value: undefined,
            });
        }"""
    )
    page.wait_for_timeout(3000)
