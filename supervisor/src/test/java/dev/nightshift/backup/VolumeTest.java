package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.reading.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VolumeTest {

    @Test
    void fullness_counts_what_this_user_may_write() {
        Volume volume = new Volume(ByteSize.ofMebibytes(60), ByteSize.ofMebibytes(40));
        assertThat(volume.fullness(ByteSize.ZERO)).isEqualTo(0.6);
        assertThat(volume.fullness(ByteSize.ofMebibytes(30))).isEqualTo(0.9);
        assertThat(Volume.percent(0.9)).isEqualTo("90 %");
        assertThat(new Volume(ByteSize.ZERO, ByteSize.ZERO).fullness(ByteSize.ZERO))
                .isEqualTo(1);
    }

    @Test
    void a_directory_that_is_not_there_yet_is_on_the_volume_of_its_parents() throws IOException {
        assertThat(Volume.of(Path.of("/no/such/directory")).used())
                .isEqualTo(Volume.of(Path.of("/")).used());
    }
}
