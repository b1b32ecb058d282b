package io.oneloop.client.load;

import io.oneloop.client.Messages;
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
    private static final int PHASE_WIDTH = 12;
    private static final int DEFAULT_WIDTH = 80;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final int width;
    private final boolean colour;
    private final LoadPlan plan;
    private final Messages messages;
    private Phase phase;
    private double shownAt;

    /**
     * @param width the terminal's columns, 0 if there is no terminal
     * @param colour whether errors may be coloured
     */
    LiveView(PrintWriter out, int width, boolean colour, LoadPlan plan, Messages messages) {
        this.out = out;
        this.width = width;
        this.colour = colour;
        this.plan = plan;
        this.messages = messages;
    }

    /** {@return a view that suits what stderr is} */
    static LiveView open(PrintWriter err, LoadPlan plan, Messages messages) throws IOException {
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
            return new LiveView(err, dumb ? 0 : columns, colour, plan, messages);
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
        String warmup = plan.warmup() == 0
                ? messages.get("live.noWarmup")
                : messages.get("live.warmup", Quantity.time(plan.warmup()));
        return phase("phase.ramp", messages)
                + messages.get(
                        "live.ramp", moment.open(), plan.connections(), Quantity.shortRate(plan.connectRate()), warmup);
    }

    /** {@return the name of a phase, as wide as all the others} */
    static String phase(String key, Messages messages) {
        return Columns.left(" " + messages.get(key), PHASE_WIDTH);
    }

    private void show(String line, boolean errors) {
        if (width == 0) {
            out.println(line);
        } else {
            String cut = Columns.cut(line, width - 1);
            out.print(CLEAR_LINE + (colour && errors ? "\033[31m" + cut + "\033[0m" : cut));
        }
        out.flush();
    }

    String line(Moment m) {
        String course = messages.get(
                "live.course",
                Quantity.shortRate(m.rate()),
                m.inFlight(),
                m.waiting() > 0 ? messages.get("live.waiting", m.waiting()) : "",
                m.errors());
        switch (m.phase()) {
            case RAMP:
                return phase("phase.ramp", messages)
                        + messages.get("live.opening", m.open(), m.connections(), m.errors());
            case WARMUP:
                return phase("phase.warmup", messages) + course;
            case DRAIN:
                return phase("phase.drain", messages) + messages.get("live.drain", m.inFlight());
            default:
                String p99 = m.p99Nanos() < 0 ? "n/a" : Quantity.time(m.p99Nanos());
                return progress(m) + "  " + course + "  p99 " + p99;
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
