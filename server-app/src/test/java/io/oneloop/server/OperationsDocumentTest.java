package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

class OperationsDocumentTest {

    @ParameterizedTest
    @ValueSource(strings = {"operations.md", "operations.zh-CN.md"})
    void namesEveryOptionAndItsVariable(String document) throws IOException {
        String text = Files.readString(Path.of("../docs", document));
        List<String> missing = Stream.of(new ServerOptions().all(), new LimitOptions().all())
                .flatMap(List::stream)
                .filter(option -> !isDocumented(option, text))
                .map(OptionSpec::longestName)
                .toList();
        assertEquals(List.of(), missing, "options that " + document + " does not have in its table");
    }

    private static boolean isDocumented(OptionSpec option, String text) {
        String variable = EnvironmentDefaults.variable(option);
        return text.lines()
                .filter(line -> line.startsWith("| `" + option.longestName()))
                .anyMatch(line -> line.contains("`" + variable + "`"));
    }
}
