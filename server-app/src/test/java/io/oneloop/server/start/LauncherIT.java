package io.oneloop.server.start;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/oneloop-server} finds its jar wherever it is started from, and starts it as well as can be. */
class LauncherIT {

    @Test
    void findsItsJarByARelativePathWhereTheShellHasASearchPathOfItsOwn() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bin/oneloop-server", "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CDPATH", ".:/");
        Process process = builder.start();

        String output = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertTrue(output.startsWith("oneloop server "), output);
        assertEquals(0, process.waitFor());
    }

    @Test
    void givesTheJvmEveryFlagThatIsMissedWithoutIt() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        String launched = start("bin/oneloop-server");
        String bare = start(java, "-XX:+UseG1GC", "-jar", "target/server-app.jar");

        assertFalse(launched.contains("-XX:"), launched);
        assertTrue(bare.contains("-XX:+UseSerialGC -XX:AutoBoxCacheMax=16384"), bare);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "target"})
    void leavesOutAnArchiveOfAJarThatWasMoved(String folder, @TempDir Path elsewhere)
            throws IOException, InterruptedException {
        Path launcher = elsewhere.resolve("bin").resolve("oneloop-server");
        Path jars = Files.createDirectories(elsewhere.resolve(folder));
        Files.createDirectory(launcher.getParent());
        Files.copy(Path.of("bin", "oneloop-server"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        for (String file : List.of("server-app.jar", "server-app.jsa", "server-app.jsa.for")) {
            Files.copy(Path.of("target", file), jars.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }

        assertTakesTheArchiveOfTheJdk(launcher, System.getProperty("java.home"));
    }

    /** Another file is another JVM to the launcher. This one would take the archive if it were asked to. */
    @Test
    void leavesOutAnArchiveOfAnotherJvm(@TempDir Path home) throws IOException, InterruptedException {
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertTakesTheArchiveOfTheJdk(Path.of("bin", "oneloop-server"), home.toString());
    }

    /** The JVM does not start with two collectors, or with a heap that begins larger than it may get. */
    @ParameterizedTest
    @ValueSource(strings = {"JDK_JAVA_OPTIONS=-Xmx12m -XX:+UseParallelGC", "_JAVA_OPTIONS=-XX:+UseParallelGC"})
    void leavesOutWhatContradictsTheUsersOwnFlags(String flags) throws IOException, InterruptedException {
        String said = start("env", flags, "bin/oneloop-server");

        assertTrue(said.contains("oneloop ready"), said);
    }

    /** Where no flag of the user's says how large a part of the heap is, the launcher says how large the whole begins. */
    @ParameterizedTest
    @CsvSource({
        "-Xlog:disable, command line",
        "-Xmn8m, ergonomic",
        "-XX:NewSize=8m, ergonomic",
        "-XX:MaxRAMPercentage=20, ergonomic"
    })
    void leavesTheSizeOfTheHeapToWhoSetsAPartOfIt(String flag, String origin) throws IOException, InterruptedException {
        String said = start("env", "JDK_JAVA_OPTIONS=-XX:+PrintFlagsFinal " + flag, "bin/oneloop-server");

        String size = said.lines()
                .filter(line -> line.contains(" InitialHeapSize "))
                .findFirst()
                .orElseThrow();
        assertTrue(size.endsWith("{" + origin + "}"), size);
    }

    @Test
    void leavesOutWhatAFileOfFlagsMayContradict(@TempDir Path folder) throws IOException, InterruptedException {
        Path flags = Files.writeString(folder.resolve("flags"), "-XX:+UseParallelGC -Xmx12m");

        String said = start("env", "JDK_JAVA_OPTIONS=@" + flags, "bin/oneloop-server");

        assertTrue(said.contains("oneloop ready"), said);
    }

    /** A folder of that name is no program, and the shell passes over it too. */
    @Test
    void takesTheArchiveOfAJavaThatThePathNames(@TempDir Path other) throws IOException, InterruptedException {
        Files.createDirectory(other.resolve("java"));
        String path = other + ":" + System.getProperty("java.home") + "/bin:" + System.getenv("PATH");

        String loaded = start(
                "env", "-u", "JAVA_HOME", "PATH=" + path, "JDK_JAVA_OPTIONS=-Xlog:class+load", "bin/oneloop-server");

        assertTrue(loaded.contains("io.oneloop.server.ServerMain source: shared objects file"), loaded);
    }

    private static void assertTakesTheArchiveOfTheJdk(Path launcher, String javaHome)
            throws IOException, InterruptedException {
        String loaded = start("env", "JAVA_HOME=" + javaHome, "JDK_JAVA_OPTIONS=-Xlog:class+load", launcher.toString());

        assertTrue(loaded.contains("java.lang.Object source: shared objects file"), loaded);
        assertTrue(loaded.contains("io.oneloop.server.ServerMain source: file:"), loaded);
    }

    /** {@return what a server says under -v up to its ready line} */
    private static String start(String... command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(List.of("-v", "--host", "127.0.0.1", "--tcp-port", "0", "--udp-port", "0"));
        ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        try (BufferedReader output = process.inputReader()) {
            StringBuilder said = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("oneloop ready")) {
                    return said.toString();
                }
            }
            throw new AssertionError("ended before it was ready: " + said);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
