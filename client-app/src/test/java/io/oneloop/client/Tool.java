package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that a test needs. A missing one fails the test: a test that is skipped shows nothing. */
final class Tool {

    private Tool() {}

    static String require(String program, String debianPackage) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            Path path = Path.of(directory, program);
            if (Files.isExecutable(path)) {
                return path.toString();
            }
        }
        return fail("This test needs '" + program + "': apt-get install " + debianPackage);
    }
}
