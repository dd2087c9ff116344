package dev.nightshift.guards;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String PARSER = "dev.nightshift.guards.lint.parse..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.nightshift.guards");

    @Test
    void guards_name_only_the_jdk_and_jspecify_but_for_the_parser() {
        classes()
                .that()
                .resideOutsideOfPackage(PARSER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.nightshift.guards..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void the_parser_names_chicory_and_jackson_besides() {
        classes()
                .that()
                .resideInAPackage(PARSER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.nightshift.guards.lint.parse..",
                        "com.dylibso.chicory..",
                        "com.fasterxml.jackson.core..",
                        "java..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void guards_do_no_io_and_log_nothing_but_for_the_parser_that_loads_its_own_file() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PARSER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.sql..",
                        "java.util.logging..")
                .check(CLASSES);
    }

    @Test
    void guards_read_no_clock() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .check(CLASSES);
    }

    @Test
    void readings_know_nobody_and_pace_knows_no_guard() {
        noClasses()
                .that()
                .resideInAPackage("..reading..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..guard", "..pace..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..pace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.nightshift.guards.guard..")
                .check(CLASSES);
    }

    @Test
    void scripts_and_trees_know_neither_rules_nor_sessions() {
        noClasses()
                .that()
                .resideInAnyPackage("..lint.script..", "..lint.tree..", "..lint.parse..", "..lint.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..lint", "..lint.flow..", "..lint.rule..")
                .check(CLASSES);
    }
}
