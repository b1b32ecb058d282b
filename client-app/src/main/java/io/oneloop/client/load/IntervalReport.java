package io.oneloop.client.load;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The course of a run for programs, an interval per line as it ends: NDJSON or CSV, with the fields of the JSON report. */
final class IntervalReport {

    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final PrintWriter out;
    private final boolean csv;
    private boolean headed;

    IntervalReport(PrintWriter out, boolean csv) {
        this.out = out;
        this.csv = csv;
    }

    void add(Interval interval) {
        Map<String, Object> fields = JsonReport.interval(interval);
        if (csv) {
            if (!headed) {
                headed = true;
                out.println(String.join(",", fields.keySet()));
            }
            out.println(fields.values().stream()
                    .map(value -> value == null ? "" : value.toString())
                    .collect(Collectors.joining(",")));
        } else {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "interval");
            line.putAll(fields);
            out.println(json(line));
        }
        out.flush();
    }

    /** NDJSON ends with a line for the whole run; CSV has no place for it. */
    void end(LoadResult result) {
        if (!csv) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "summary");
            line.putAll(JsonReport.tree(result));
            line.remove("intervals");
            out.println(json(line));
            out.flush();
        }
    }

    private static String json(Map<String, Object> fields) {
        try {
            return WRITER.asString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
