package io.oneloop.server;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Has SLF4J write lines like {@code INFO 2026-11-23T01:33:26.122+08:00 what happened}. The time is put together here, since
 * slf4j-simple would do it with what the JDK knows of languages, which takes 40 ms of a start to load. Belongs to the thread
 * of the {@link LogQueue}.
 */
final class Log {

    private static final int NANOS_PER_MILLI = 1_000_000;

    /** A time zone may be up to 23:59 away from UTC, an offset of java.time no more than this. */
    private static final int MOST_OFFSET_SECONDS = 18 * 60 * 60;

    /** The length of {@code 2026-11-23T01:33:26.122}. */
    private static final int TO_THE_MILLISECOND = 23;

    private final Supplier<Logger> makesLogger;
    private final LongSupplier failedWrites;
    private Logger logger;
    private TimeZone zone;

    /**
     * @param makesLogger called by {@link #open}
     * @param failedWrites how many writes of what the logger writes to have failed: it does not say so itself
     */
    Log(Supplier<Logger> makesLogger, LongSupplier failedWrites) {
        this.makesLogger = makesLogger;
        this.failedWrites = failedWrites;
    }

    /** Loads what a line takes, from files: later there may be no descriptor left for that. */
    void open() {
        logger = makesLogger.get();
        zone = TimeZone.getDefault();
    }

    /** @throws IllegalStateException if the line is lost, since the disk is full or nobody will ever read it */
    void info(String what) {
        long failed = failedWrites.getAsLong();
        logger.info(timed(what));
        requireWritten(failed);
    }

    /** @throws IllegalStateException as {@link #info} */
    void warn(String what) {
        long failed = failedWrites.getAsLong();
        logger.warn(timed(what));
        requireWritten(failed);
    }

    private void requireWritten(long failedBefore) {
        if (failedWrites.getAsLong() != failedBefore) {
            throw new IllegalStateException("a line of the log could not be written");
        }
    }

    private String timed(String what) {
        long now = System.currentTimeMillis();
        return time(now, zone.getOffset(now)) + " " + what;
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
