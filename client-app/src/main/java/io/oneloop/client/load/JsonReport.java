package io.oneloop.client.load;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report for programs: snake_case, times as whole microseconds, null for what is not known. The schema's number goes up
 * when a field changes its meaning or goes away; new fields may come at any time.
 */
final class JsonReport {

    static final int SCHEMA_VERSION = 1;

    private static final JSON WRITER =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private JsonReport() {}

    static String of(LoadResult result) {
        try {
            return WRITER.asString(tree(result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> tree(LoadResult result) {
        LoadPlan plan = result.plan();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", "oneloop-load");
        root.put("schema_version", SCHEMA_VERSION);
        root.put("target", plan.url());
        root.put("model", plan.isOpenModel() ? "open" : "closed");
        root.put("connections", plan.connections());
        root.put("threads", plan.loops());
        root.put("pipeline", plan.pipeline());
        root.put("started", result.started().toString());
        root.put("duration_us", Math.round(result.seconds() * 1e6));
        root.put("end", result.end().name().toLowerCase(Locale.ROOT));
        root.put("rate_per_s", result.rate().orElse(null));
        root.put("scheduled_rate_per_s", result.scheduledRate().orElse(null));
        root.put("requests", requests(result));
        root.put("response_time_us", latency(result.responseTime().orElse(null)));
        root.put("service_time_us", latency(result.serviceTime().orElse(null)));
        root.put("connect_time_us", latency(result.connectTime().orElse(null)));
        root.put("udp", udp(result.udp()));
        root.put("errors_total", result.errors().total());
        root.put("errors", errors(result.errors()));
        root.put("client", client(result));
        root.put("thresholds", thresholds(result));
        root.put("notes", Diagnosis.of(result, Messages.ofLoad(Language.EN)));
        root.put("intervals", intervals(result.intervals()));
        return root;
    }

    private static Map<String, Object> requests(LoadResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("due", result.plan().isOpenModel() ? result.counts().due() : null);
        map.put("sent", result.sent());
        map.put("succeeded", result.succeeded());
        map.put("succeeded_in_drain", result.counts().succeededInDrain());
        map.put("succeeded_from_warmup", result.counts().succeededFromWarmup());
        map.put("failed", result.errors().failedRequests());
        map.put(
                "wrong_bytes",
                result.plan().countsWrongBytes() ? result.counts().wrongBytes() : null);
        map.put("bytes_sent", result.counts().bytesSent());
        map.put("bytes_received", result.counts().bytesReceived());
        map.put("connections_made", result.counts().connected());
        return map;
    }

    static Map<String, Object> latency(Latency latency) {
        if (latency == null || latency.count() == 0) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", latency.count());
        map.put("min", micros(latency.minNanos()));
        map.put("mean", micros(latency.meanNanos()));
        for (double percentile : LatencyTable.PERCENTILES) {
            map.put(
                    LatencyTable.name(percentile).replace('.', '_'),
                    latency.supports(percentile) ? micros(latency.nanosAt(percentile)) : null);
        }
        map.put("max", micros(latency.maxNanos()));
        return map;
    }

    static long micros(double nanos) {
        return Math.round(nanos / 1e3);
    }

    private static Map<String, Object> udp(UdpFigures udp) {
        if (udp == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("lost", udp.lost());
        map.put("late", udp.late());
        map.put("unreachable", udp.unreachable());
        map.put("duplicates", udp.duplicates());
        map.put("reordered", udp.reordered());
        map.put("jitter_us", udp.jitterNanos() == null ? null : micros(udp.jitterNanos()));
        return map;
    }

    private static List<Map<String, Object>> errors(ErrorSummary errors) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (ErrorSummary.Entry entry : errors.entries()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("kind", entry.kind().toString());
            map.put("count", entry.count());
            map.put("measured", entry.measured());
            map.put("requests", entry.requests());
            map.put("first_us", Math.round(entry.firstSecond() * 1e6));
            map.put("last_us", Math.round(entry.lastSecond() * 1e6));
            map.put("hint", entry.kind().hint());
            map.put("example", entry.example() == null ? null : entry.example().toString());
            list.add(map);
        }
        return list;
    }

    private static Map<String, Object> client(LoadResult result) {
        ClientHealth health = result.health();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("saturated", result.isMeasured() ? result.isClientSaturated() : null);
        map.put("limits", result.clientLimits(Messages.ofLoad(Language.EN)));
        map.put("schedule_lateness_us", latency(health.lateness()));
        map.put("loop_lag_us", latency(health.loopLag()));
        map.put("gc_us", micros(health.gcNanos()));
        map.put("gc_count", health.gcCount());
        map.put("busiest_loop_cpu", health.busiestLoop());
        return map;
    }

    private static List<Map<String, Object>> thresholds(LoadResult result) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Threshold threshold : result.plan().thresholds()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("threshold", threshold.toString());
            map.put("verdict", threshold.judge(result).name().toLowerCase(Locale.ROOT));
            map.put("measured", threshold.number(result));
            map.put("reason", threshold.reason(result).map(Sentence::toString).orElse(null));
            list.add(map);
        }
        return list;
    }

    private static List<Map<String, Object>> intervals(List<Interval> intervals) {
        List<Map<String, Object>> list = new ArrayList<>();
        intervals.forEach(interval -> list.add(interval(interval)));
        return list;
    }

    static Map<String, Object> interval(Interval interval) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("start_us", Math.round(interval.startSecond() * 1e6));
        map.put("length_us", Math.round(interval.seconds() * 1e6));
        map.put("succeeded", interval.succeeded());
        map.put("errors", interval.errors());
        map.put("in_flight", interval.inFlight());
        map.put("waiting", interval.waiting());
        map.put("p50_us", known(interval.p50Nanos()));
        map.put("p99_us", known(interval.p99Nanos()));
        map.put("max_us", known(interval.maxNanos()));
        return map;
    }

    private static Long known(long nanos) {
        return nanos < 0 ? null : (Long) micros(nanos);
    }
}
