package io.oneloop.client.load;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** One HTML file that needs nothing else: the text report, and plots by a library that is inlined. */
final class HtmlReport {

    /** Steps of the percentile axis per factor of ten. */
    private static final int STEPS = 10;

    private static final Pattern WORD = Pattern.compile("@(html\\.\\w+)@");

    private static final JSON WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private HtmlReport() {}

    static void write(Path file, String html) throws IOException {
        try {
            Files.writeString(file, html);
        } catch (FileSystemException named) {
            throw named;
        } catch (IOException e) {
            // The system's own words alone, which do not name the file.
            throw new FileFailure("file.notWhole", file);
        }
    }

    static String of(LoadResult result, Language language) {
        return of(
                "load " + result.plan().url(),
                result.text(language),
                result.responseTime().orElse(null),
                result.serviceTime().orElse(null),
                result.intervals(),
                language);
    }

    /** @param response or {@code service} may be null */
    static String of(
            String title, String text, Latency response, Latency service, List<Interval> intervals, Language language) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("percentiles", percentiles(response, service));
        data.put("course", course(intervals));
        String plot = "META-INF/resources/webjars/uplot/" + plotVersion() + "/";
        return template(language)
                .replace("@title@", escaped(title))
                .replace("@text@", escaped(text))
                .replace("@uplot-css@", resource(plot + "dist/uPlot.min.css"))
                .replace(
                        "@uplot-js@",
                        "/*\n" + resource(plot + "LICENSE") + "*/\n" + resource(plot + "dist/uPlot.iife.min.js"))
                .replace("@data@", json(data));
    }

    private static String template(Language language) {
        Messages messages = Messages.ofLoad(language);
        return WORD.matcher(resource("io/oneloop/client/load/report.html"))
                .replaceAll(word -> messages.get(word.group(1)))
                .replace("@lang@", language.name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> percentiles(Latency response, Latency service) {
        long most = Math.max(response == null ? 0 : response.count(), service == null ? 0 : service.count());
        List<Double> x = new ArrayList<>();
        // Beyond one in as many as were measured there is no percentile.
        for (int i = 0; i <= STEPS * Math.ceil(Math.log10(Math.max(10, most))); i++) {
            x.add(i / (double) STEPS);
        }
        List<List<Double>> y = new ArrayList<>();
        y.add(response == null ? null : millisAt(response, x));
        y.add(service == null ? null : millisAt(service, x));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("x", x);
        map.put("y", y);
        return map;
    }

    private static List<Double> millisAt(Latency latency, List<Double> x) {
        List<Double> millis = new ArrayList<>();
        for (double step : x) {
            double percentile = 100 - 100 / Math.pow(10, step);
            millis.add(latency.supports(percentile) ? (Double) (latency.nanosAt(percentile) / 1e6) : null);
        }
        return millis;
    }

    private static Map<String, Object> course(List<Interval> intervals) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("second", column(intervals, i -> i.startSecond() + i.seconds()));
        map.put("rate", column(intervals, Interval::rate));
        map.put("errors", column(intervals, i -> i.seconds() > 0 ? i.errors() / i.seconds() : Math.min(0, i.errors())));
        map.put("p50", column(intervals, i -> i.p50Nanos() / 1e6));
        map.put("p99", column(intervals, i -> i.p99Nanos() / 1e6));
        map.put("max", column(intervals, i -> i.maxNanos() / 1e6));
        return map;
    }

    private static List<Double> column(List<Interval> intervals, ToDoubleFunction<Interval> figure) {
        List<Double> column = new ArrayList<>();
        for (Interval interval : intervals) {
            double value = figure.applyAsDouble(interval);
            column.add(value < 0 ? null : (Double) value);
        }
        return column;
    }

    private static String json(Map<String, Object> data) {
        try {
            // "</script>" within a string would end the element.
            return WRITER.asString(data).replace("<", "\\u003c");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String plotVersion() {
        Properties properties = new Properties();
        try (InputStream in = HtmlReport.class.getResourceAsStream("/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("uplot");
    }

    private static String resource(String path) {
        try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
