package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/library.md and of the Javadoc, compiled; the programs among them, run. */
class DocumentedExamplesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path SOURCES = Path.of("src/main/java/io/oneloop");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern CLASS_NAME = Pattern.compile("(?m)^class (\\w+)");
    private static final Pattern JAVADOC = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\}</pre>");
    private static final Pattern OUTPUT = Pattern.compile("(?ms)LineClient\\.java 7891\\n(.*?)^\\$");

    @TempDir
    private Path folder;

    @Test
    void serverAndClientSayWhatTheGuidePrints() throws Exception {
        String guide = Files.readString(DOCS.resolve("library.md"));
        List<Path> programs = new ArrayList<>();
        for (String program : found(JAVA, guide)) {
            programs.add(source(found(CLASS_NAME, program).get(0), program));
        }
        compile(programs);
        Process server = run("LineServer", "0");
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            String listening = output.readLine();
            assertTrue(String.valueOf(listening).matches("listening on port \\d+"), listening);
            Process client = run("LineClient", listening.replaceAll("\\D", ""));
            assertEquals(found(OUTPUT, guide).get(0), read(client));
            assertTrue(client.waitFor(60, TimeUnit.SECONDS), "the client did not end");
            assertEquals(0, client.exitValue());
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void bothLanguagesHaveTheSameExamples() throws IOException {
        assertEquals(
                found(JAVA, Files.readString(DOCS.resolve("library.md"))),
                found(JAVA, Files.readString(DOCS.resolve("library.zh-CN.md"))));
    }

    @Test
    void javadocExamplesCompile() throws Exception {
        Path statements = source("Statements", """
                import io.oneloop.*;
                import java.net.InetSocketAddress;
                class Statements {
                    void run() throws Exception {
                %s}
                }
                """.formatted(javadoc("EventLoop")));
        Path methods = source("Methods", """
                import io.oneloop.*;
                import java.nio.ByteBuffer;
                class Methods implements TcpHandler {
                %s}
                """.formatted(javadoc("Framer")));
        compile(List.of(statements, methods));
    }

    private static String javadoc(String type) throws IOException {
        String example = found(JAVADOC, Files.readString(SOURCES.resolve(type + ".java")))
                .get(0);
        return example.replaceAll("(?m)^ \\* ?", "");
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> groups =
                pattern.matcher(text).results().map(match -> match.group(1)).toList();
        assertTrue(!groups.isEmpty(), () -> "nothing like " + pattern);
        return groups;
    }

    private Path source(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), text);
    }

    private void compile(List<Path> sources) throws URISyntaxException {
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-encoding", "UTF-8"));
        arguments.addAll(List.of("-d", folder.toString(), "-cp", core()));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter said = new StringWriter();
        PrintWriter output = new PrintWriter(said);
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        assertEquals(0, javac.run(output, output, arguments.toArray(String[]::new)), said::toString);
    }

    private Process run(String program, String port) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = folder + System.getProperty("path.separator") + core();
        return new ProcessBuilder(java, "-cp", classPath, program, port)
                .redirectErrorStream(true)
                .start();
    }

    private static String core() throws URISyntaxException {
        URI location = EventLoop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        return Path.of(location).toString();
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
