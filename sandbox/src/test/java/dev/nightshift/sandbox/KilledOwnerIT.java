package dev.nightshift.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KilledOwnerIT {

    @ParameterizedTest
    @ValueSource(strings = {"healthy", "frozen"})
    void a_killed_jvm_leaves_no_server_and_no_file(String standby) throws IOException {
        Owner owner = Owner.start(List.of(), standby);
        List<Long> processes = owner.servers.stream()
                .flatMap(pid -> Processes.family(pid).stream())
                .toList();
        assertThat(processes).hasSizeGreaterThan(10);

        Processes.kill(owner.process.pid());

        Await.until("the directory is gone", Duration.ofSeconds(20), () -> !Files.exists(owner.directory));
        assertThat(processes).noneMatch(Processes::alive);
    }

    @Test
    void a_directory_that_only_its_owner_may_enter_is_no_hindrance(@TempDir Path directory) throws IOException {
        Path closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Owner owner = Owner.start(List.of("-Djava.io.tmpdir=" + closed), "healthy");
        assertThat(owner.directory).startsWith(closed);

        owner.process.destroy();

        Await.until("the directory is gone", Duration.ofSeconds(20), () -> !Files.exists(owner.directory));
        assertThat(owner.servers).noneMatch(Processes::alive);
    }

    private record Owner(Process process, Path directory, List<Long> servers) {

        static Owner start(List<String> options, String standby) throws IOException {
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-Xmx64m"));
            words.addAll(options);
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), ClusterOwner.class.getName(), standby));
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            Path directory = Path.of(lines.readLine());
            List<Long> servers = Stream.of(lines.readLine(), lines.readLine())
                    .map(Long::valueOf)
                    .toList();
            assertThat(lines.readLine()).isEqualTo("ready");
            return new Owner(process, directory, servers);
        }
    }
}
