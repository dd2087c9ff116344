package dev.nightshift.bench.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TargetTest {

    private final Target target = new Target(1, "secret");

    @Test
    void requests_are_mixed_in_fixed_shares_and_the_same_for_the_same_seed() {
        List<String> all =
                target.requests(10_000, 7).stream().map(TargetTest::first).toList();

        assertThat(all)
                .isEqualTo(target.requests(10_000, 7).stream()
                        .map(TargetTest::first)
                        .toList());
        assertThat(all.stream().collect(Collectors.groupingBy(line -> line, Collectors.counting())))
                .hasSize(12)
                .hasEntrySatisfying(
                        "GET /api/v1/runs/shop/current HTTP/1.1",
                        count -> assertThat(count).isBetween(3_800L, 4_200L));
    }

    @Test
    void answers_are_read_to_their_end_and_anything_but_200_is_an_error() throws IOException {
        String two = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}HTTP/1.1 429 Busy\r\nContent-Length: 4\r\n\r\nbusy";
        BufferedInputStream in =
                new BufferedInputStream(new ByteArrayInputStream(two.getBytes(StandardCharsets.US_ASCII)));

        assertThat(Target.answer(in, new byte[3])).isEmpty();
        assertThat(Target.answer(in, new byte[30])).hasValue("HTTP/1.1 429 Busy busy");
        assertThatThrownBy(() -> Target.answer(in, new byte[30])).hasMessageContaining("closed");
    }

    private static String first(byte[] request) {
        return new String(request, StandardCharsets.US_ASCII).split("\r\n", 2)[0];
    }
}
