package eu.cloverwatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which: the table of the architecture page. Generated classes are nobody's, and anybody's to use. */
class ArchitectureTest {

    private static final String ROOT = "eu.cloverwatch.";
    private static final Set<String> GENERATED = Set.of("v1", "internal");

    /** The package, and those it may use beside itself. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "model", Set.of(),
            "policy", Set.of("model"),
            "wire", Set.of("model"),
            "topology", Set.of("model", "policy", "wire"),
            "runtime", Set.of("model", "wire", "topology"),
            "audit", Set.of("model", "policy", "wire"),
            "console", Set.of("model", "runtime"),
            "demo", Set.of("model", "policy", "wire", "topology", "runtime", "audit", "console"),
            "cli", Set.of("model", "policy", "wire", "topology", "runtime", "audit", "console", "demo"));

    private static final String[] BROKER = {
        "kafka..",
        "org.apache.kafka.server..",
        "org.apache.kafka.metadata..",
        "org.apache.kafka.raft..",
        "org.apache.kafka.storage..",
        "org.apache.kafka.controller..",
        "org.apache.kafka.coordinator.."
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("eu.cloverwatch");

    static Set<String> packages() {
        return new TreeSet<>(MAY_USE.keySet());
    }

    private static String[] within(Set<String> packages) {
        return packages.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(type -> found.add(
                type.getPackageName().concat(".").substring(ROOT.length()).split("\\.")[0]));
        found.removeAll(GENERATED);

        assertThat(found).isEqualTo(packages());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThoseThatItMay(String name) {
        Set<String> others = new TreeSet<>(MAY_USE.keySet());
        others.removeAll(MAY_USE.getOrDefault(name, Set.of()));
        others.remove(name);
        if (others.isEmpty()) {
            return; // cli may use all
        }
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(within(others))
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theModelUsesNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(ROOT + "model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "model..", "java..", "javax.crypto..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void thePolicyUsesNothingButTheModelAndAYamlReader() {
        classes()
                .that()
                .resideInAPackage(ROOT + "policy..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "policy..", ROOT + "model..", "java..", "org.jspecify..", "org.snakeyaml.engine..")
                .check(CLASSES);
    }

    @Test
    void onlyTopologyAndRuntimeUseTheStreamsApi() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "topology..", ROOT + "runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.streams..")
                .check(CLASSES);
    }

    @Test
    void onlyTheDemoUsesTheBrokersOwnClasses() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "demo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BROKER)
                .check(CLASSES);
    }

    @Test
    void onlyTheOutermostPackagesReadTheWallClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli..", ROOT + "runtime..", ROOT + "demo..")
                .should()
                .callMethodWhere(readsTheWallClock())
                .orShould()
                .callConstructor(Date.class)
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaMethodCall> readsTheWallClock() {
        return DescribedPredicate.describe("the wall clock is read", call -> {
            String owner = call.getTargetOwner().getName();
            String method = call.getName();
            return (owner.startsWith("java.time.") && method.equals("now"))
                    || (owner.equals(Clock.class.getName()) && method.startsWith("system"))
                    || (owner.equals(System.class.getName()) && method.equals("currentTimeMillis"));
        });
    }
}
