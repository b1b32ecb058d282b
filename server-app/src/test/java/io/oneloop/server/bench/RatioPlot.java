package io.oneloop.server.bench;

import java.util.List;
import java.util.Locale;

/** Draws, for each scenario, the servers' CPU per request in relation to the first: a bar, and a line between the quartiles. */
final class RatioPlot {

    private static final int LEFT = 150;
    private static final int WIDTH = 560;
    private static final int ROW = 16;
    private static final int TITLE = 26;
    private static final double MOST = 2.5;

    private RatioPlot() {}

    static String svg(List<Figures> all) {
        StringBuilder rows = new StringBuilder();
        int y = 40;
        for (Figures figures : all) {
            y = scenario(figures, rows, y);
        }
        int height = y + 10;
        String base = all.get(0).servers().get(0);
        StringBuilder svg = new StringBuilder(format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"11\">\n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
                        + "<text x=\"10\" y=\"18\" font-size=\"14\">Server CPU per request ÷ %3$s"
                        + " (less is better; line: quartiles)</text>\n",
                LEFT + WIDTH + 70, height, base));
        for (double mark = 0.5; mark <= MOST; mark += 0.5) {
            svg.append(format(
                    "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"30\" y2=\"%2$d\" stroke=\"%3$s\"/>"
                            + "<text x=\"%1$.1f\" y=\"30\" text-anchor=\"middle\" fill=\"#555\">%4$.1f</text>\n",
                    x(mark), height, mark == 1 ? "#888" : "#e4e4e4", mark));
        }
        return svg.append(rows).append("</svg>\n").toString();
    }

    private static int scenario(Figures figures, StringBuilder svg, int top) {
        String base = figures.servers().get(0);
        int y = top + TITLE;
        svg.append(format(
                "<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s</text>\n",
                y - 8, figures.scenario().name()));
        for (String server : figures.servers()) {
            Spread ratio = figures.ratio(server, base, Measurement::cpuMicrosPerRequest);
            int middle = y + ROW / 2;
            svg.append(format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    LEFT - 6, middle + 4, server, LEFT, y + 2, x(ratio.median()) - LEFT, ROW - 4, colour(server)));
            svg.append(format(
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%.3f</text>\n",
                    x(ratio.lower()),
                    x(ratio.upper()),
                    middle,
                    middle,
                    x(ratio.upper()) + 5,
                    middle + 4,
                    ratio.median()));
            y += ROW;
        }
        return y;
    }

    private static String colour(String server) {
        return switch (server) {
            case "oneloop", "oneloop-ipv4" -> "#2a7ab9";
            case "c", "c-jvm" -> "#999999";
            default -> "#d8a657";
        };
    }

    private static double x(double ratio) {
        return LEFT + Math.min(ratio, MOST) / MOST * WIDTH;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
