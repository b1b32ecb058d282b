package io.oneloop.server;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * Writes lines like {@code 2026-11-23T01:33:26.122+08:00 INFO what happened}. Not by a logging library: of these, the
 * simplest formats the time with what the JDK knows of languages, which takes 40 ms of a start to load.
 */
final class Log {

    private static final int NANOS_PER_MILLI = 1_000_000;

    /** A time zone may be up to 23:59 away from UTC, an offset of java.time no more than this. */
    private static final int MOST_OFFSET_SECONDS = 18 * 60 * 60;

    /** The length of {@code 2026-11-23T01:33:26.122}. */
    private static final int TO_THE_MILLISECOND = 23;

    private final PrintStream out;

    /** Read from a file at once: later there may be no descriptor left for that. */
    private final TimeZone zone = TimeZone.getDefault();

    Log(PrintStream out) {
        this.out = out;
    }

    void info(String what) {
        write(" INFO ", what);
    }

    void warn(String what) {
        write(" WARN ", what);
    }

    private void write(String level, String what) {
        long now = System.currentTimeMillis();
        out.println(time(now, zone.getOffset(now)) + level + what);
    }

    /**
     * {@return the local time to the millisecond, and how far it is from UTC}
     *
     * @param millis since 1970
     * @param offsetMillis what local clocks are ahead of UTC
     */
    static String time(long millis, int offsetMillis) {
        int seconds = Math.max(-MOST_OFFSET_SECONDS, Math.min(offsetMillis / 1000, MOST_OFFSET_SECONDS));
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(seconds);
        // One nanosecond more, since a time without any part of a second is written shorter.
        int nanos = (int) Math.floorMod(millis, 1000L) * NANOS_PER_MILLI + 1;
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1000L), nanos, offset);
        return time.toString().substring(0, TO_THE_MILLISECOND) + offset;
    }
}
