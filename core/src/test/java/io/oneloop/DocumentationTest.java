package io.oneloop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say about the repository is true of it. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int README_LINES = 150;
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(ROOT::relativize)
                        .forEach(documents::add);
            }
        }
        return documents.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFilesAndHeadingsThatExist(Path document) throws IOException {
        Path file = ROOT.resolve(document);
        List<String> broken = links(read(file)).stream()
                .filter(link -> !link.matches("\\w+:.*"))
                .filter(link -> !exists(file, link))
                .toList();
        assertEquals(List.of(), broken);
    }

    private static List<String> links(String markdown) {
        String prose = FENCE.matcher(markdown).replaceAll("");
        return LINK.matcher(prose).results().map(match -> match.group(1)).toList();
    }

    private static boolean exists(Path document, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** Anchors as GitHub makes them: lower case, spaces to hyphens, punctuation left out. */
    private static List<String> anchors(Path document) {
        String prose = FENCE.matcher(read(document)).replaceAll("");
        return HEADING.matcher(prose)
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentsComeInEnglishAndChinese(Path document) {
        String name = document.toString();
        boolean guide = name.startsWith("docs") || name.startsWith("README");
        if (guide && !name.endsWith(".zh-CN.md")) {
            Path chinese = ROOT.resolve(name.replace(".md", ".zh-CN.md"));
            assertTrue(Files.exists(chinese), "there is no " + ROOT.relativize(chinese));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void readmeIsShort(String readme) {
        long lines = read(ROOT.resolve(readme)).lines().count();
        assertTrue(lines <= README_LINES, readme + " has " + lines + " lines, but may have " + README_LINES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void smallestServerCompilesAsItStands(String readme, @TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Echo.java"), smallestServer(readme));
        URI core = EventLoop.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        StringWriter said = new StringWriter();
        PrintWriter output = new PrintWriter(said);
        int exitCode = javac.run(
                output, output, "-Xlint:all", "-Werror", "-cp", Path.of(core).toString(), source.toString());
        assertEquals(0, exitCode, said::toString);
    }

    /** The lines that {@link FourLineServerTest} runs. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void smallestServerIsTheOneThatIsTested(String readme) {
        String tested = read(Path.of("src/test/java/io/oneloop/FourLineServerTest.java"));
        List<String> statements = smallestServer(readme)
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("loop"))
                .filter(line -> !line.startsWith("import"))
                .toList();
        assertEquals(4, statements.size(), "statements of the smallest server");
        assertEquals(
                List.of(),
                statements.stream().filter(line -> !tested.contains(line)).toList(),
                "statements that no test runs");
    }

    @Test
    void architectureNamesEveryFileOfCore() throws IOException {
        for (String name : List.of("architecture.md", "architecture.zh-CN.md")) {
            String architecture = read(ROOT.resolve("docs").resolve(name));
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/oneloop"))) {
                List<String> missing = files.map(file -> file.getFileName().toString())
                        .filter(file -> !file.equals("package-info.java"))
                        .filter(file -> !architecture.contains("/" + file + ")"))
                        .toList();
                assertEquals(List.of(), missing, "files of core that " + name + " does not name");
            }
        }
    }

    private static String smallestServer(String readme) {
        Matcher fences = FENCE.matcher(read(ROOT.resolve(readme)));
        List<String> java = fences.results()
                .filter(fence -> fence.group(1).equals("java"))
                .map((MatchResult fence) -> fence.group(2))
                .toList();
        assertEquals(1, java.size(), "Java blocks in " + readme);
        return java.get(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }
}
