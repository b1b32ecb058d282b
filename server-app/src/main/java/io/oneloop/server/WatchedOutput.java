package io.oneloop.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * What a standard stream is written to. A {@link java.io.PrintStream} says that one of its writes failed, and not which or
 * why; this knows. Safe from any thread.
 */
final class WatchedOutput extends FileOutputStream {

    private boolean used;
    private long failures;
    private String lastCause = "";

    WatchedOutput(FileDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            super.write(bytes, offset, length);
            written();
        } catch (IOException e) {
            failed(e);
            throw e;
        }
    }

    private synchronized void written() {
        used = true;
    }

    private synchronized void failed(IOException error) {
        failures++;
        lastCause = error.getMessage();
    }

    /** {@return how many writes have failed} */
    synchronized long failures() {
        return failures;
    }

    /** {@return whether writes have failed, and none has not: a reader that has gone since had at least the first} */
    synchronized boolean tookNothing() {
        return failures > 0 && !used;
    }

    /** {@return why the last of them did, in the words of the system} */
    synchronized String lastCause() {
        return lastCause;
    }
}
