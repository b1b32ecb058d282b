package io.oneloop;

import static io.oneloop.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine under the loop misbehaves: its selector, its accept(2), and whoever interrupts the thread. */
class MachineFaultTest {

    private static final int CLIENTS = 20;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final FaultyMachine machine = new FaultyMachine();
    private final List<Socket> clients = new ArrayList<>();
    private InetSocketAddress server;

    @BeforeEach
    void connectClients() throws IOException {
        server = machine.echo();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(FaultyMachine.connect(server));
        }
        assertAllAnswered();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        machine.close();
        assertEquals(List.of(), machine.errors);
        assertEquals(0, machine.loop.stats().open());
    }

    private void assertAllAnswered() throws IOException {
        for (Socket client : clients) {
            assertEquals("still here?", FaultyMachine.exchange(client, "still here?"));
        }
        clients.add(FaultyMachine.connect(server));
        assertEquals("new", FaultyMachine.exchange(clients.get(clients.size() - 1), "new"));
    }

    @Test
    void movesEveryRegistrationWhenTheSelectorSpins() throws IOException {
        machine.breakSelector();
        await().until(() -> machine.selectorsOpened.get() == 2);
        // A wakeup that was on its way has the count begin again, once.
        assertTrue(machine.spins.get() <= 2 * Poller.SPIN_LIMIT, () -> machine.spins + " spins");
        assertAllAnswered();
        assertEquals(1, machine.replaced.size());
    }

    @Test
    void movesEveryRegistrationWhenSelectThrows() throws IOException {
        machine.breakSelector(new IOException("Bad file descriptor"));
        assertAllAnswered();
        machine.breakSelector(CancelledKeyException::new);
        assertAllAnswered();
        machine.breakSelector(ClosedSelectorException::new);
        assertAllAnswered();
        machine.breakSelector(() -> new OutOfMemoryError("injected"));
        assertAllAnswered();
        assertEquals(4, machine.replaced.size());
    }

    @Test
    void survivesAnErrorThatNoCallbackIsThereToCatch() throws IOException {
        machine.loop.execute(() -> {
            machine.loop.every(1, TimeUnit.MILLISECONDS, () -> {});
            machine.breakClock(new OutOfMemoryError("injected"));
        });
        await().until(() -> !machine.errors.isEmpty());
        assertAllAnswered();
        assertEquals(List.of("turn: java.lang.OutOfMemoryError: injected"), machine.errors);
        machine.errors.clear();
    }

    @Test
    void slowsDownWhileEverySelectFails() throws IOException {
        int faults = 50;
        machine.breakSelects(faults);
        await().until(() -> machine.replaced.size() == faults);
        assertAllAnswered();
        assertEquals(faults - 1, machine.parks.get());
    }

    @Test
    void answersThroughoutWhileEverySecondSelectFails() throws IOException {
        for (int i = 0; i < 50; i++) {
            machine.breakSelects(1);
            assertAllAnswered();
        }
        assertFalse(machine.replaced.isEmpty());
    }

    @Test
    void ignoresInterruptsOfItsThreadWithoutSpinning() throws IOException {
        int interrupts = 100;
        int before = machine.selects.get();
        for (int i = 0; i < interrupts; i++) {
            machine.thread.interrupt();
            // Before JDK 21.0.5 an interrupt may miss a select that begins at that moment (JDK-8323782).
            machine.loop.execute(() -> {});
            awaitFlagCleared();
        }
        assertTrue(machine.selects.get() - before <= 3 * interrupts, () -> machine.selects + " selects");
        assertAllAnswered();
        assertEquals(List.of(), machine.replaced);
    }

    private void awaitFlagCleared() {
        long start = System.nanoTime();
        while (machine.thread.isInterrupted()) {
            assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "still interrupted");
            Thread.onSpinWait();
        }
    }

    @Test
    void ignoresAnInterruptOfHandler() throws IOException {
        InetSocketAddress interrupting = machine.listen((connection, data) -> {
            Thread.currentThread().interrupt();
            connection.send(data);
        });
        try (Socket client = FaultyMachine.connect(interrupting)) {
            for (int i = 0; i < 10; i++) {
                assertEquals("ping", FaultyMachine.exchange(client, "ping"));
            }
        }
        assertAllAnswered();
        assertEquals(List.of(), machine.replaced);
    }

    @Test
    void restsInsteadOfSpinningWhileEveryAcceptFails() throws IOException {
        long start = System.nanoTime();
        machine.breakAccepts(new IOException("Cannot allocate memory"));
        Socket waiting = FaultyMachine.connect(server);
        clients.add(waiting);
        await().until(() -> machine.failedAccepts.size() >= 2);
        // Counted before the clock is read: a slow machine only makes room for more of the rests that there should be.
        int tries = machine.failedAccepts.size();
        long rests = (System.nanoTime() - start) / TimeUnit.MILLISECONDS.toNanos(Source.REST_MILLIS);
        assertTrue(tries <= rests + 1, tries + " tries with time for " + rests + " rests");
        machine.breakAccepts(null);
        assertEquals("at last", FaultyMachine.exchange(waiting, "at last"));
        assertAllAnswered();
    }
}
