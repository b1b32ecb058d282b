package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A browser without a window. */
final class Chromium {

    private static final long LIMIT_SECONDS = 120;

    private Chromium() {}

    /**
     * @param dir for the browser's profile
     * @return the page as it is after its scripts ran
     */
    static String dom(Path page, Path dir) throws Exception {
        Path out = dir.resolve("dom.html");
        Process process;
        try {
            process = new ProcessBuilder(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--user-data-dir=" + dir.resolve("profile"),
                            "--dump-dom",
                            page.toUri().toString())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return fail("this test needs chromium: apt-get install chromium", e);
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("chromium still runs after " + LIMIT_SECONDS + " s");
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
