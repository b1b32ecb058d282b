package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a histogram log says of a run, and what it does not. */
class HdrMergeTest {

    private static final Histogram NONE = Recorders.newHistogram();

    @TempDir
    private Path dir;

    private Path log;

    @BeforeEach
    void name() {
        log = dir.resolve("run.hlog");
    }

    private static Histogram times(long count) {
        Histogram times = Recorders.newHistogram();
        times.recordValueWithCount(1_000_000, count);
        return times;
    }

    @Test
    void secondsWithoutAReplyArePartOfTheRun() throws Exception {
        try (HdrFiles.Log out = new HdrFiles.Log(log)) {
            out.add(1_000, 2_000, NONE, NONE);
            out.add(2_000, 3_000, times(50), times(50));
            out.add(3_000, 4_000, NONE, NONE);
            out.add(4_000, 4_000, times(1), times(1));
        }
        HdrMerge merge = HdrMerge.of(List.of(log));
        assertEquals(3.0, merge.seconds());
        assertEquals(51, merge.succeeded());
        assertEquals(
                List.of(0L, 50L, 1L),
                merge.intervals().stream().map(Interval::succeeded).toList());
    }

    /** Of a run whose replies have no time, such as datagrams in a pipeline, it does not say how many there were. */
    @Test
    void aLogWithoutATimeIsNoRunOfZero() throws Exception {
        try (HdrFiles.Log out = new HdrFiles.Log(log)) {
            out.add(1_000, 2_000, NONE, NONE);
        }
        FileFailure failure = assertThrows(FileFailure.class, () -> HdrMerge.of(List.of(log)));
        assertTrue(failure.getMessage().contains("holds no time of any reply"), failure.getMessage());
    }

    @Test
    void logsOfBothModelsAreRefused() throws Exception {
        Path closed = dir.resolve("closed.hlog");
        try (HdrFiles.Log out = new HdrFiles.Log(log);
                HdrFiles.Log other = new HdrFiles.Log(closed)) {
            out.add(1_000, 2_000, times(10), times(10));
            other.add(1_000, 2_000, NONE, times(10));
        }
        for (List<Path> files : List.of(List.of(log, closed), List.of(closed, log))) {
            FileFailure failure = assertThrows(FileFailure.class, () -> HdrMerge.of(files));
            assertEquals(
                    log + " is of the open model and " + closed + " of the closed: merge those of one model",
                    failure.getMessage());
        }
        assertEquals(20, HdrMerge.of(List.of(closed, closed)).succeeded());
        assertEquals(20, HdrMerge.of(List.of(log, log)).succeeded());
    }

    @Test
    void aLogThatCannotBeReadToItsEndIsRefused() throws Exception {
        try (HdrFiles.Log out = new HdrFiles.Log(log)) {
            out.add(1_000, 2_000, NONE, times(10));
            out.add(2_000, 3_000, NONE, times(10));
        }
        assertEquals(20, HdrMerge.of(List.of(log)).succeeded());
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.add(lines.size() - 1, "garbage");
        Files.write(log, lines);
        assertThrows(FileFailure.class, () -> HdrMerge.of(List.of(log)));
    }
}
