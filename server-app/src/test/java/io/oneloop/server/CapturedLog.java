package io.oneloop.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/** A log that keeps its lines. */
final class CapturedLog extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient List<String> lines = new CopyOnWriteArrayList<>();

    /** What it is written to has no room for the next line. */
    private transient boolean full;

    private transient long failedWrites;

    final transient Log log = new Log(() -> this, () -> failedWrites);

    CapturedLog() {
        log.open();
    }

    void loseTheNextLine() {
        full = true;
    }

    /** {@return the lines without their times} */
    List<String> lines() {
        return lines.stream().map(line -> line.replaceFirst(" \\S+", "")).toList();
    }

    List<String> linesWithTimes() {
        return lines;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
        if (full) {
            full = false;
            failedWrites++;
        } else {
            lines.add(level + " " + message);
        }
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return true;
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
