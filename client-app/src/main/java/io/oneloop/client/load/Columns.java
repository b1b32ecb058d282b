package io.oneloop.client.load;

import org.jline.utils.AttributedString;

/** Text in the columns of a terminal, of which a Chinese character takes two. */
final class Columns {

    private Columns() {}

    static int width(String text) {
        return new AttributedString(text).columnLength();
    }

    /** {@return {@code text} with blanks after it up to {@code width} columns} */
    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** {@return as much of the beginning of {@code text} as fits into {@code width} columns} */
    static String cut(String text, int width) {
        return width(text) <= width
                ? text
                : new AttributedString(text).columnSubSequence(0, width).toString();
    }
}
