package io.oneloop.client.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Shows on stderr how a run goes on: one line that changes at a terminal, one line a second elsewhere. */
final class LiveView implements LoadProgress, AutoCloseable {

    private static final double TERMINAL_STEP = 0.2;
    private static final double PLAIN_STEP = 1;
    private static final int BAR = 10;
    private static final int DEFAULT_WIDTH = 80;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final int width;
    private final boolean colour;
    private final LoadPlan plan;
    private Phase phase;
    private double shownAt;

    /**
     * @param width the terminal's columns, 0 if there is no terminal
     * @param colour whether errors may be coloured
     */
    LiveView(PrintWriter out, int width, boolean colour, LoadPlan plan) {
        this.out = out;
        this.width = width;
        this.colour = colour;
        this.plan = plan;
    }

    /** {@return a view that suits what stderr is} */
    static LiveView open(PrintWriter err, LoadPlan plan) throws IOException {
        // The other ways into a process's own streams load native code, of which newer JDKs warn.
        System.setProperty("org.jline.terminal.exec.redirectPipeCreationMode", "reflection");
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.SysErr)
                .provider("exec")
                .dumb(true)
                .build()) {
            boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
            int columns = terminal.getWidth() > 0 ? terminal.getWidth() : DEFAULT_WIDTH;
            boolean colour = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
            return new LiveView(err, dumb ? 0 : columns, colour, plan);
        }
    }

    /** {@return this view and {@code other}} */
    LoadProgress and(LoadProgress other) {
        return new LoadProgress() {
            @Override
            public void onMoment(Moment moment) {
                LiveView.this.onMoment(moment);
                other.onMoment(moment);
            }

            @Override
            public void onInterval(
                    Interval interval, long startMillis, long endMillis, Histogram response, Histogram service) {
                other.onInterval(interval, startMillis, endMillis, response, service);
            }
        };
    }

    @Override
    public void onMoment(Moment moment) {
        boolean next = moment.phase() != phase;
        double step = width > 0 ? TERMINAL_STEP : PLAIN_STEP;
        if (!next && moment.seconds() - shownAt < step) {
            return;
        }
        // A phase shorter than a step is not worth a line of its own.
        if (next) {
            if (phase == Phase.RAMP) {
                endLine();
                out.println(rampLine(moment));
            }
            phase = moment.phase();
            shownAt = 0;
            if (width == 0 || moment.seconds() < step) {
                return;
            }
        }
        shownAt = moment.seconds();
        show(line(moment), moment.errors() > 0);
    }

    private String rampLine(Moment moment) {
        return String.format(
                Locale.ROOT,
                " ramp       %d/%d at %s/s · warm-up %s",
                moment.open(),
                plan.connections(),
                Quantity.shortRate(plan.connectRate()),
                plan.warmup() == 0 ? "none" : Quantity.time(plan.warmup()) + " discarded");
    }

    private void show(String line, boolean errors) {
        if (width == 0) {
            out.println(line);
        } else {
            String cut = line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
            out.print(CLEAR_LINE + (colour && errors ? "\033[31m" + cut + "\033[0m" : cut));
        }
        out.flush();
    }

    static String line(Moment m) {
        String common = String.format(
                Locale.ROOT,
                "%s/s  in flight %d%s  errors %d",
                Quantity.shortRate(m.rate()),
                m.inFlight(),
                m.waiting() > 0 ? "  waiting " + m.waiting() : "",
                m.errors());
        switch (m.phase()) {
            case RAMP:
                return String.format(
                        Locale.ROOT, " ramp       %d/%d  errors %d", m.open(), m.connections(), m.errors());
            case WARMUP:
                return " warm-up    " + common;
            case DRAIN:
                return " drain      in flight " + m.inFlight();
            default:
                String p99 = m.p99Nanos() < 0 ? "n/a" : Quantity.time(m.p99Nanos());
                return progress(m) + "  " + common + "  p99 " + p99;
        }
    }

    private static String progress(Moment m) {
        String seconds = String.format(Locale.ROOT, " %.0fs", m.seconds());
        if (m.ofSeconds() > 0) {
            return bar(m.seconds() / m.ofSeconds())
                    + String.format(Locale.ROOT, " %.0f/%.0fs", m.seconds(), m.ofSeconds());
        }
        return m.ofRequests() > 0
                ? bar((double) m.requests() / m.ofRequests())
                        + String.format(Locale.ROOT, " %,d/%,d%s", m.requests(), m.ofRequests(), seconds)
                : seconds;
    }

    private static String bar(double done) {
        int full = (int) Math.min(BAR, BAR * done);
        return " [" + "█".repeat(full) + "░".repeat(BAR - full) + "]";
    }

    /** Takes the changing line away. */
    @Override
    public void close() {
        endLine();
    }

    void endLine() {
        if (width > 0) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
