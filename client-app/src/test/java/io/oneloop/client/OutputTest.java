package io.oneloop.client;

import static io.oneloop.client.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutputTest {

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayShow = new CountDownLatch(1);

    private final class BlockedScreen implements Screen {
        @Override
        public void data(byte[] bytes, boolean whole) throws IOException {
            awaitPermission();
            if (bytes.length == 0) {
                throw new IOException("Broken pipe");
            }
            shown.add("data " + bytes.length);
        }

        @Override
        public void note(String line) {
            shown.add(line);
        }

        @Override
        public void lull() {
            shown.add("lull");
        }

        @Override
        public void end() {
            shown.add("end");
        }

        private void awaitPermission() {
            try {
                mayShow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void saysNoWhileALotWaitsAndTellsOnceThereIsRoom() throws Exception {
        AtomicInteger room = new AtomicInteger();
        Output output = new Output(new BlockedScreen());
        output.onRoom(room::incrementAndGet);
        assertTrue(output.data(new byte[Output.LIMIT_BYTES], false));
        assertFalse(output.data(new byte[1], false));
        assertFalse(output.hasRoom());
        assertEquals(0, room.get());
        mayShow.countDown();
        await().untilAtomic(room, org.hamcrest.Matchers.is(1));
        assertTrue(output.hasRoom());
        output.note("note");
        output.close();
        shown.removeIf("lull"::equals);
        assertEquals(List.of("data 1048576", "data 1", "note", "end"), shown);
    }

    @Test
    void tellsTheScreenOfALullAfterTheLastThingShown() throws Exception {
        mayShow.countDown();
        Output output = new Output(new BlockedScreen());
        output.note("one");
        output.note("two");
        await().until(() -> !shown.isEmpty() && shown.get(shown.size() - 1).equals("lull"));
        assertTrue(shown.containsAll(List.of("one", "two")), shown.toString());
        output.close();
    }

    @Test
    void tellsOnceThatNobodyReadsAndStillMakesRoom() throws Exception {
        mayShow.countDown();
        List<String> failures = new CopyOnWriteArrayList<>();
        Output output = new Output(new BlockedScreen());
        output.onFailure(e -> failures.add(e.getMessage()));
        output.data(new byte[0], false);
        output.data("lost".getBytes(StandardCharsets.US_ASCII), false);
        output.close();
        assertEquals(List.of("Broken pipe"), failures);
        assertEquals(List.of(), shown);
        assertTrue(output.hasRoom());
    }
}
