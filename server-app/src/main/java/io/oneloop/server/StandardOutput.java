package io.oneloop.server;

import java.io.Writer;

/** Text for System.out, in its encoding: JDK 17 does not say which that is. */
final class StandardOutput extends Writer {

    @Override
    public void write(char[] text, int offset, int length) {
        System.out.print(new String(text, offset, length));
    }

    @Override
    public void flush() {
        System.out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
