package dev.nightshift;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.nightshift");

    private static final String[] LIBRARIES = {
        "io.vertx..",
        "org.flywaydb..",
        "org.postgresql..",
        "java.sql..",
        "javax.sql..",
        "io.fabric8..",
        "io.micrometer..",
        "picocli..",
        "org.jline..",
        "org.snakeyaml..",
        "com.cronutils..",
        "org.slf4j..",
    };

    @ParameterizedTest(name = "{0} names only {1}")
    @CsvSource({
        "run, -",
        "plan, org.snakeyaml..",
        "time, com.cronutils..",
        "lint, -",
        "view, -",
        "queue, -",
        "drive, io.vertx..",
        "worker, -",
        "announce, io.vertx..",
        "postgres, io.vertx..",
        "schema, org.flywaydb..;org.postgresql..;java.sql..;javax.sql..",
        "backup, -",
        "process, io.vertx..",
        "program, -",
        "http, io.vertx..",
        "prometheus, io.vertx..",
        "kubernetes, io.vertx..;io.fabric8..",
        "metrics, io.micrometer..",
        "cli, picocli..;org.jline..",
    })
    void a_package_names_only_its_own_library(String name, String allowed) {
        List<String> forbidden = new ArrayList<>(List.of(LIBRARIES));
        forbidden.removeAll(List.of(allowed.split(";")));
        noClasses()
                .that()
                .resideInAPackage("dev.nightshift." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void the_core_does_not_know_the_shell() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.nightshift.run..",
                        "dev.nightshift.plan..",
                        "dev.nightshift.time..",
                        "dev.nightshift.queue..",
                        "dev.nightshift.view..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.nightshift",
                        "dev.nightshift.drive..",
                        "dev.nightshift.postgres..",
                        "dev.nightshift.schema..",
                        "dev.nightshift.backup..",
                        "dev.nightshift.worker..",
                        "dev.nightshift.announce..",
                        "dev.nightshift.process..",
                        "dev.nightshift.program..",
                        "dev.nightshift.http..",
                        "dev.nightshift.prometheus..",
                        "dev.nightshift.kubernetes..",
                        "dev.nightshift.metrics..",
                        "dev.nightshift.cli..")
                .check(PROGRAM);
    }

    @Test
    void adapters_meet_only_through_ports() {
        String[] shells = {
            "postgres", "schema", "backup", "process", "http", "prometheus", "kubernetes", "metrics", "cli"
        };
        for (String one : shells) {
            for (String other : shells) {
                if (!one.equals(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage("dev.nightshift." + one + "..")
                            .should()
                            .dependOnClassesThat(
                                    new com.tngtech.archunit.base.DescribedPredicate<
                                            com.tngtech.archunit.core.domain.JavaClass>(
                                            "concrete classes of " + other) {
                                        @Override
                                        public boolean test(com.tngtech.archunit.core.domain.JavaClass c) {
                                            boolean there = c.getPackageName().startsWith("dev.nightshift." + other);
                                            return there && !c.isInterface() && !c.isRecord() && !c.isEnum();
                                        }
                                    })
                            .allowEmptyShould(true)
                            .check(PROGRAM);
                }
            }
        }
    }

    @Test
    void only_a_few_places_read_a_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.nightshift.run..",
                        "dev.nightshift.plan..",
                        "dev.nightshift.drive..",
                        "dev.nightshift.queue..",
                        "dev.nightshift.view..",
                        "dev.nightshift.announce..",
                        "dev.nightshift.guards..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(PROGRAM);
    }

    @Test
    void names_say_what_a_class_does() {
        classes()
                .that(alwaysTrue())
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|DTO)$")
                .check(PROGRAM);
    }
}
