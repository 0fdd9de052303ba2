package dev.muster.launcher.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML. All text and all attributes are escaped, and every element is closed in its turn. */
final class Html {
    /** Elements within so many others end their line, so that the source can be read. */
    private static final int LINES = 4;

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String tag, String... attributes) {
        start(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Ends the innermost element. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        if (open.size() < LINES) {
            out.append('\n');
        }
        return this;
    }

    /** Text of the innermost element. */
    Html text(String text) {
        escape(text);
        return this;
    }

    /** An element that holds text alone. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** An element that has no end. */
    Html empty(String tag, String... attributes) {
        start(tag, attributes);
        return this;
    }

    /** The content of a script or style, which ends at its end tag and knows no escapes: it must not contain one. */
    Html raw(String content) {
        out.append(content);
        return this;
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
