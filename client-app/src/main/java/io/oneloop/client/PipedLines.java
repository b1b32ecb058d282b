package io.oneloop.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;

/** Lines from anything but a terminal with an editor; their bytes are left as they are. */
final class PipedLines implements Lines {

    private final InputStream in;
    private final OutputStream prompts;
    private final Charset charset;
    private final int maxBytes;
    private final Messages messages;

    /** @param maxBytes a longer line is refused before it fills the memory */
    PipedLines(InputStream in, OutputStream prompts, Charset charset, int maxBytes, Messages messages) {
        this.in = new BufferedInputStream(in);
        this.prompts = prompts;
        this.charset = charset;
        this.maxBytes = maxBytes;
        this.messages = messages;
    }

    @Override
    public byte[] next(String prompt) {
        try {
            prompts.write(prompt.getBytes(charset));
            prompts.flush();
        } catch (IOException e) {
            throw failure("fail.output", e);
        }
        try {
            return line();
        } catch (IOException e) {
            throw failure("fail.input", e);
        }
    }

    private CommandFailure failure(String key, IOException cause) {
        return new CommandFailure(ExitCode.NETWORK_FAILURE, messages.get(key, cause.getMessage()));
    }

    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            if (line.size() > maxBytes) {
                throw new CommandFailure(ExitCode.WRONG_USE, messages.get("use.lineTooLong", maxBytes));
            }
            line.write(b);
            b = in.read();
        }
        return line.toByteArray();
    }
}
