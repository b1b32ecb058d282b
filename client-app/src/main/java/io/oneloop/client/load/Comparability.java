package io.oneloop.client.load;

import io.oneloop.client.Messages;
import io.oneloop.client.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** Whether two JSON reports are of the same test, each run to its end by a client that kept up. */
final class Comparability {

    private static final String[] SETTINGS = {"target", "model", "connections", "threads", "pipeline"};

    /** Two runs of the same length differ by a tick, and the rate of a short schedule by a request. */
    private static final double SAME_RATE = 0.01;

    private static final double SAME_LENGTH = 0.1;
    private static final int MOST_COLUMNS = 60;

    private final Map<String, Object> a;
    private final Map<String, Object> b;
    private final Messages messages;

    Comparability(Map<String, Object> a, Map<String, Object> b, Messages messages) {
        this.a = a;
        this.b = b;
        this.messages = messages;
    }

    /** {@return what stands against comparing them, in sentences} */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        String differences = differences();
        if (!differences.isEmpty()) {
            notes.add(messages.get("compare.differs", differences));
        }
        about("A", a, notes);
        about("B", b, notes);
        return notes;
    }

    private void about(String name, Map<String, Object> report, List<String> notes) {
        Object end = report.get("end");
        if (end != null && !"complete".equals(end)) {
            notes.add(messages.get("compare.ended", name, shown(end)));
        }
        if (Boolean.TRUE.equals(within(report, "client", "saturated"))) {
            notes.add(messages.get("compare.saturated", name));
        }
    }

    private String differences() {
        StringJoiner joined = new StringJoiner("; ");
        for (String setting : SETTINGS) {
            Object of = a.get(setting);
            Object to = b.get(setting);
            if (of != null && to != null && !of.equals(to)) {
                joined.add(difference(setting, of, to));
            }
        }
        if (!isAlike("scheduled_rate_per_s", SAME_RATE)) {
            joined.add(differenceOf("scheduled_rate_per_s"));
        }
        // A run of so many requests is as long as it takes, which is what is compared.
        boolean sameCount = Objects.equals(within(a, "requests", "sent"), within(b, "requests", "sent"));
        if (!sameCount && !isAlike("duration_us", SAME_LENGTH)) {
            joined.add(differenceOf("duration_us"));
        }
        return joined.toString();
    }

    private String differenceOf(String figure) {
        return difference(figure, grouped(a.get(figure)), grouped(b.get(figure)));
    }

    private String difference(String name, Object of, Object to) {
        return messages.get("compare.difference", name, shown(of), shown(to));
    }

    private boolean isAlike(String figure, double tolerance) {
        if (!(a.get(figure) instanceof Number of) || !(b.get(figure) instanceof Number to)) {
            return true;
        }
        double most = Math.max(of.doubleValue(), to.doubleValue());
        return Math.abs(of.doubleValue() - to.doubleValue()) <= tolerance * most;
    }

    private static Object within(Map<String, Object> report, String group, String name) {
        return report.get(group) instanceof Map<?, ?> inner ? inner.get(name) : null;
    }

    private static String grouped(Object number) {
        return Quantity.grouped(Math.round(((Number) number).doubleValue()));
    }

    /** The file may be from anywhere. */
    private static String shown(Object value) {
        return Columns.cut(TerminalText.line(String.valueOf(value)), MOST_COLUMNS);
    }
}
