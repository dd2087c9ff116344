package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

    @ParameterizedTest
    @MethodSource("files")
    void every_example_is_a_plan_named_like_its_file(Path file) {
        PlanReading reading = PlanReader.read(file.toString(), Examples.text(file), Examples.DIRECTORY);

        assertThat(reading).isInstanceOf(PlanReading.Accepted.class);
        Plan plan = ((PlanReading.Accepted) reading).plan();
        assertThat(file.getFileName()).hasToString(plan.name() + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_directory_of_migrations_is_there(Path file) {
        Plan plan = ((PlanReading.Accepted) PlanReader.read(file.toString(), Examples.text(file), Examples.DIRECTORY))
                .plan();

        plan.steps().stream()
                .filter(SchemaStep.class::isInstance)
                .flatMap(step -> ((SchemaStep) step).locations().stream())
                .forEach(directory -> assertThat(directory).isDirectoryContaining("glob:**/V*__*.sql"));
        assertThat(plan.steps()).isNotEmpty();
    }

    static Stream<Path> files() {
        return Examples.files().stream();
    }
}
