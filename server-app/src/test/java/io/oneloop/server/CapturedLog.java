package io.oneloop.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A log that keeps its lines, without their times. */
final class CapturedLog {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    final Log log = new Log(new PrintStream(bytes, true, UTF_8));

    List<String> lines() {
        return bytes.toString(UTF_8)
                .lines()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }
}
