package dev.nightshift.bench.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ApiOptionsTest {

    @Test
    void asks_a_thousand_times_a_second_for_a_minute_beside_200_streams_unless_told_otherwise() {
        ApiOptions usual = ApiOptions.parse();

        assertThat(usual.rate()).isEqualTo(1_000);
        assertThat(usual.seconds()).isEqualTo(60);
        assertThat(usual.streams()).isEqualTo(200);
        assertThat(usual.link().word()).isEqualTo("80Mbit");
        assertThat(ApiOptions.parse("--rate", "50", "--streams=0").streams()).isZero();
    }

    @Test
    void more_streams_than_the_server_takes_are_refused() {
        assertThatThrownBy(() -> ApiOptions.parse("--streams", "1001")).hasMessageContaining("--streams: expected");
    }
}
