package io.oneloop.client;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** A terminal with line editing and history, on which what arrives is shown above the line that is being typed. */
final class LineEditor implements Lines, Screen {

    private static final Size USUAL_SIZE = new Size(80, 24);

    /** In a field, since a logger that nobody holds forgets its level. */
    private static final Logger JLINE_LOG = Logger.getLogger("org.jline");

    private final Terminal terminal;
    private final LineReader reader;
    private final TerminalText text = new TerminalText();
    private final LineAssembler lines = new LineAssembler();

    private LineEditor(Terminal terminal) {
        this.terminal = terminal;
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                // What is typed is sent as it is: no "!" history, no lines held together.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .build();
        // Nor is a tab for completing: INSERT_TAB would leave it alone only at the beginning of a line.
        reader.getKeyMaps().get(LineReader.MAIN).bind(new Reference(LineReader.SELF_INSERT), "\t");
    }

    static LineEditor open(Charset charset) throws IOException {
        // The other ways into a process's own streams load native code, of which newer JDKs warn.
        System.setProperty("org.jline.terminal.exec.redirectPipeCreationMode", "reflection");
        // It tells of an unknown TERM with a stack trace; the line is edited all the same.
        JLINE_LOG.setLevel(Level.OFF);
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .provider("exec")
                .dumb(true)
                .encoding(charset)
                .build();
        if (terminal.getWidth() == 0) {
            // A pseudo-terminal that nobody gave a size has no room for a single character.
            terminal.setSize(USUAL_SIZE);
        }
        return new LineEditor(terminal);
    }

    @Override
    public byte[] next(String prompt) {
        try {
            return reader.readLine(prompt).getBytes(StandardCharsets.UTF_8);
        } catch (UserInterruptException e) {
            throw new CommandFailure(Outcome.INTERRUPTED);
        } catch (EndOfFileException e) {
            return null;
        }
    }

    @Override
    public void data(byte[] bytes, boolean whole) {
        String complete = lines.append(text.append(bytes));
        if (whole) {
            // An empty datagram is a message too.
            reader.printAbove(complete + lines.rest() + text.end());
        } else {
            print(complete);
        }
    }

    @Override
    public void note(String line) {
        lull();
        reader.printAbove(line);
    }

    @Override
    public void lull() {
        // Below is the line being typed, so that what comes later cannot follow on the same line.
        print(lines.rest());
    }

    @Override
    public void end() {
        print(lines.rest() + text.end());
    }

    private void print(String shown) {
        if (!shown.isEmpty()) {
            reader.printAbove(shown);
        }
    }

    /** Gives the terminal back as it was. */
    void close() throws IOException {
        terminal.close();
    }
}
