package io.oneloop.client;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Puts together what a command reads from and writes to, and waits for the session in between. */
final class Console implements AutoCloseable {

    /** Reads the input until it ends. */
    interface Feed {
        void run() throws IOException, InterruptedException;
    }

    private static final long INPUT_END_MILLIS = 1_000;

    private final StandardStreams streams;
    private final Messages messages;
    private final LineEditor editor;
    private final boolean forPeople;
    private final Output output;
    private Thread input;
    private boolean closed;

    private Console(StandardStreams streams, Messages messages, LineEditor editor, boolean forPeople, boolean hex) {
        this.streams = streams;
        this.messages = messages;
        this.editor = editor;
        this.forPeople = forPeople;
        Screen screen = editor != null ? editor : plainScreen();
        output = new Output(hex ? new HexScreen(screen) : screen);
    }

    /**
     * @param readsInput whether the command asks for input
     * @param dialogue whether it asks for everything, so that only a person can be meant
     */
    static Console open(StandardStreams streams, Messages messages, boolean readsInput, boolean dialogue, boolean hex) {
        boolean editing = readsInput && streams.inIsTerminal() && streams.outIsTerminal();
        try {
            LineEditor editor = editing ? LineEditor.open(streams.charset()) : null;
            return new Console(streams, messages, editor, dialogue || streams.outIsTerminal(), hex);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get("fail.terminal", e.getMessage()));
        }
    }

    private Screen plainScreen() {
        return forPeople
                ? new TextScreen(streams.out(), streams.err(), streams.charset())
                : new RawScreen(streams.out(), streams.err());
    }

    Output output() {
        return output;
    }

    /** {@return the editor of the terminal, or null if there is none} */
    Lines editor() {
        return editor;
    }

    /** Questions go where people look: not into the answers, which a program may read. */
    Lines lines(int maxBytes) {
        return editor != null ? editor : new PipedLines(streams.in(), talk(), streams.charset(), maxBytes, messages);
    }

    void say(String line) {
        try {
            talk().write((line + System.lineSeparator()).getBytes(streams.charset()));
        } catch (IOException e) {
            throw new CommandFailure(unshown(e));
        }
    }

    private OutputStream talk() {
        return forPeople ? streams.out() : streams.err();
    }

    /** Runs {@code feed} on a thread of its own; what ends it, but for the end of the input, is given to {@code finish}. */
    void feed(Consumer<Outcome> finish, Feed feed) {
        output.onFailure(e -> finish.accept(unshown(e)));
        input = new Thread(() -> read(finish, feed), "input");
        // It may wait for a key for ever.
        input.setDaemon(true);
        input.start();
    }

    private void read(Consumer<Outcome> finish, Feed feed) {
        try {
            feed.run();
        } catch (CommandFailure e) {
            finish.accept(e.outcome());
        } catch (IOException e) {
            finish.accept(Outcome.failure(messages.get("fail.input", e.getMessage())));
        } catch (InterruptedException sessionIsOver) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end of the session, and until all that came is shown. */
    Outcome await(CompletableFuture<Outcome> session) throws InterruptedException {
        Outcome outcome;
        try {
            outcome = session.get();
        } catch (ExecutionException neverCompletedSo) {
            throw new IllegalStateException(neverCompletedSo.getCause());
        }
        close();
        // The session may have ended well before the last of its answer could not be shown.
        boolean shown = output.failure() == null;
        return shown || outcome.exitCode() != ExitCode.ANSWERED ? outcome : unshown(output.failure());
    }

    private Outcome unshown(IOException failure) {
        return Outcome.failure(messages.get("fail.output", failure.getMessage()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (input != null && editor != null) {
                // Ends the editing, so that the terminal is given back in order.
                input.interrupt();
                input.join(INPUT_END_MILLIS);
            }
            output.close();
            if (editor != null) {
                editor.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException terminalIsGone) {
            // Then there is nothing to give back.
        }
    }
}
