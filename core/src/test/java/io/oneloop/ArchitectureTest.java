package io.oneloop;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What core must not do, and for each of these rules a class that does it and is found out. */
class ArchitectureTest {

    private static final Path CORE = location(EventLoop.class);
    private static final JavaClasses CORE_CLASSES = new ClassFileImporter().importPath(CORE);

    private static final Set<String> API = Set.of(
            "AccessList",
            "Addresses",
            "CloseReason",
            "DropReason",
            "EventLoop",
            "Framer",
            "FrameTooLongException",
            "LoopObserver",
            "LoopStats",
            "Counter",
            "RefuseReason",
            "Reply",
            "TcpConnection",
            "TcpConnector",
            "TcpHandler",
            "TcpListener",
            "TcpOptions",
            "Builder",
            "Timer",
            "UdpHandler",
            "UdpOptions",
            "UdpSocket");

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideOutsideOfPackages("java..", "io.oneloop")
                                .as("core needs the JDK alone"),
                        NeedsLibrary.class),
                Arguments.of(noClasses().should().callMethodWhere(target(name("sleep"))), Sleeps.class),
                Arguments.of(noClasses().should().callMethodWhere(target(name("sleep"))), SleepsInUnits.class),
                Arguments.of(noClasses().should().callMethodWhere(target(name("printStackTrace"))), PrintsStack.class),
                Arguments.of(
                        noClasses()
                                .should()
                                .accessField(System.class, "out")
                                .orShould()
                                .accessField(System.class, "err"),
                        Prints.class),
                Arguments.of(
                        noClasses()
                                .should()
                                .callMethodWhere(target(owner(describe(
                                                "a class that holds addresses",
                                                type -> type.isAssignableTo(InetAddress.class)
                                                        || type.isAssignableTo(InetSocketAddress.class))))
                                        .and(target(name("getHostName").or(name("getCanonicalHostName")))))
                                .as("nothing asks a name server"),
                        AsksNameServer.class),
                Arguments.of(
                        noClasses()
                                .should()
                                .callMethod(ByteBuffer.class, "allocate", int.class)
                                .as("buffers are direct"),
                        UsesHeapBuffer.class),
                Arguments.of(
                        classes()
                                .that()
                                .arePublic()
                                .should()
                                .haveNameMatching(API.stream().collect(Collectors.joining("|", ".*[.$](", ")")))
                                .as("only the API is public"),
                        NotInTheApi.class),
                Arguments.of(
                        noClasses()
                                .should()
                                .haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)")
                                .orShould()
                                .haveSimpleNameStartingWith("Abstract"),
                        SomethingManager.class));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void coreKeepsTheRule(ArchRule rule, Class<?> violator) {
        rule.check(CORE_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void violationIsFound(ArchRule rule, Class<?> violator) {
        assertTrue(
                rule.evaluate(new ClassFileImporter().importClasses(violator)).hasViolation());
    }

    @Test
    void apiListNamesWhatExists() {
        Set<String> names = CORE_CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        assertTrue(names.containsAll(API));
    }

    @Test
    void coreIsModuleThatRequiresTheJdkAlone() {
        ModuleDescriptor module =
                ModuleFinder.of(CORE).find("io.oneloop").orElseThrow().descriptor();
        assertFalse(module.isAutomatic());
        assertEquals(
                Set.of("java.base"),
                module.requires().stream().map(Requires::name).collect(Collectors.toSet()));
        assertEquals(
                Set.of("io.oneloop"),
                module.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
    }

    /** Where core's own classes are, apart from those of its tests. */
    private static Path location(Class<?> type) {
        try {
            Path root = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return root.endsWith("test-classes") ? root.resolveSibling("classes") : root;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    // ---- those who are found out ---------------------------------------------------------------------------------

    static final class NeedsLibrary {
        final ArchRule library = noClasses().should().bePublic();
    }

    static final class Sleeps {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class SleepsInUnits {
        void sleep() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    static final class PrintsStack {
        void print(Throwable error) {
            error.printStackTrace();
        }
    }

    static final class Prints {
        void print() {
            System.err.println();
        }
    }

    static final class AsksNameServer {
        String ask(InetSocketAddress address) {
            return address.getHostName();
        }
    }

    static final class UsesHeapBuffer {
        final ByteBuffer buffer = ByteBuffer.allocate(1);
    }

    public static final class NotInTheApi {}

    static final class SomethingManager {}
}
