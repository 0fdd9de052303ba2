package dev.muster.launcher.report;

import java.util.List;

/** A table of the page: a caption for those who hear it, and a heading for each column and each row. */
final class Table {
    private final Html html;

    private Table(Html html) {
        this.html = html;
    }

    /** Begins one; the columns behind the first are numbers. */
    static Table of(Html html, String caption, List<String> columns) {
        return begin(html, caption, "numbers", columns);
    }

    /** Begins one whose last column is words, for {@link #explained}. */
    static Table withMeaning(Html html, String caption, List<String> columns) {
        return begin(html, caption, "explained", columns);
    }

    private static Table begin(Html html, String caption, String kind, List<String> columns) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", caption);
        html.open("table", "class", kind).element("caption", caption);
        html.open("thead").open("tr");
        columns.forEach(column -> html.element("th", column, "scope", "col"));
        html.close().close().open("tbody");
        return new Table(html);
    }

    /** A row: its heading, and its cells. */
    Table row(String heading, List<String> cells) {
        html.open("tr").element("th", heading, "scope", "row");
        cells.forEach(cell -> html.element("td", cell));
        html.close();
        return this;
    }

    /** A row with a line below its heading that says what it is. */
    Table row(String heading, String help, List<String> cells) {
        html.open("tr").open("th", "scope", "row").text(heading);
        if (!help.isEmpty()) {
            html.element("span", help, "class", "help");
        }
        html.close();
        cells.forEach(cell -> html.element("td", cell));
        html.close();
        return this;
    }

    /** A row with words in its last cell. */
    Table explained(String heading, List<String> cells, String words) {
        html.open("tr").element("th", heading, "scope", "row");
        cells.forEach(cell -> html.element("td", cell));
        html.element("td", words, "class", "what").close();
        return this;
    }

    void end() {
        html.close().close().close();
    }
}
