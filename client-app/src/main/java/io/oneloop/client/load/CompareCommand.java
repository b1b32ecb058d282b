package io.oneloop.client.load;

import com.fasterxml.jackson.jr.ob.JSON;
import io.oneloop.client.ClientMain;
import io.oneloop.client.CommandFailure;
import io.oneloop.client.ExitCode;
import io.oneloop.client.Messages;
import io.oneloop.client.TerminalText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code compare}: two JSON reports side by side. */
@Command(
        name = "compare",
        sortOptions = false,
        description = "Print the figures of two reports of 'load --output json' side by side, with the ratio of each"
                + " (the second to the first).",
        footer = "Exit status: 0 ok, whatever the ratios; 1 stdout did not take the table; 2 wrong use, or a file that"
                + " cannot be read.")
public final class CompareCommand implements Callable<Integer> {

    @ParentCommand
    private ClientMain client;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A.json", description = "The report to compare with.")
    private Path first;

    @Parameters(index = "1", paramLabel = "B.json", description = "The report that is compared.")
    private Path second;

    @Override
    public Integer call() {
        Messages messages = Messages.ofLoad(client.language());
        Map<String, Object> reportA = read(first, messages);
        Map<String, Object> reportB = read(second, messages);
        Map<String, Object> a = figures(reportA);
        Map<String, Object> b = figures(reportB);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-42s %16s %16s %9s%n", "", "A", "B", "B/A");
        Map<String, Object> names = new LinkedHashMap<>(a);
        names.putAll(b);
        for (String name : names.keySet()) {
            if (a.get(name) != null || b.get(name) != null) {
                out.printf(
                        Locale.ROOT,
                        "%-42s %16s %16s %9s%n",
                        TerminalText.line(name),
                        shown(a.get(name)),
                        shown(b.get(name)),
                        ratio(a.get(name), b.get(name)));
            }
        }
        for (String note : new Comparability(reportA, reportB, messages).notes()) {
            out.println(messages.get("report.note", note));
        }
        LoadCommand.requireWritten(out, messages);
        return ExitCode.ANSWERED;
    }

    private static Map<String, Object> read(Path file, Messages messages) {
        try {
            Map<String, Object> report = parse(file, messages);
            // Of "null", which is JSON too, the parser makes null.
            if (report == null || !"oneloop-load".equals(report.get("schema"))) {
                throw new IOException(messages.get("fail.notJsonReport", file));
            }
            Object version = report.get("schema_version");
            if (!Integer.valueOf(JsonReport.SCHEMA_VERSION).equals(version)) {
                throw new IOException(messages.get("fail.schemaVersion", file, version, JsonReport.SCHEMA_VERSION));
            }
            return report;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.WRONG_USE, messages.get("fail.compare", FileFailure.reason(e, messages)));
        }
    }

    private static Map<String, Object> parse(Path file, Messages messages) throws IOException {
        FileFailure.ifFolder(file);
        String text = Files.readString(file);
        try {
            return JSON.std.mapFrom(text);
        } catch (IOException e) {
            // Its message has several lines, and none of them names the file.
            throw new IOException(messages.get("fail.notJson", file), e);
        }
    }

    private static Map<String, Object> figures(Map<String, Object> report) {
        Map<String, Object> figures = new LinkedHashMap<>();
        flatten("", report, figures);
        return figures;
    }

    /** Lists are left out: intervals and errors of two runs are not each other's counterparts. */
    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> figures) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, figures);
            } else if (value instanceof Number && !key.equals("schema_version")) {
                figures.put(prefix + key, value);
            }
        });
    }

    private static String shown(Object value) {
        if (value == null) {
            return "n/a";
        }
        return value instanceof Double
                ? String.format(Locale.ROOT, "%,.2f", value)
                : String.format(Locale.ROOT, "%,d", value);
    }

    static String ratio(Object a, Object b) {
        if (!(a instanceof Number from) || !(b instanceof Number to)) {
            return "n/a";
        }
        if (from.doubleValue() == 0) {
            return to.doubleValue() == 0 ? "1.000" : "n/a";
        }
        return String.format(Locale.ROOT, "%.3f", to.doubleValue() / from.doubleValue());
    }
}
