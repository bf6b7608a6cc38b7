package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.MalformedReplyException;
import io.x0tta6bl4.payment.http.Json;
import io.x0tta6bl4.payment.tron.Fixtures;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadTest {

  @ParameterizedTest
  @CsvSource({
    "getnowblock.nile.json, 1777445307000",
    "synthetic-getnowblock.json, 1767229200000",
    "synthetic-walletsolidity-getnowblock.json, 1767229143000"
  })
  void readsTheTimeOfTheNewestBlock(String file, long time) {
    assertThat(Head.read(Json.tree("tron", Fixtures.bytes(file))).blockTime()).isEqualTo(time);
  }

  @Test
  void readsANumberThatIsWrittenAsText() {
    assertThat(head("\"1767229200000\"").blockTime()).isEqualTo(1_767_229_200_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1767229200", "1767229200000000", "0", "-1", "null", "true", "[]", "{}", "\"\"", "1e12", "99999999999999999999"})
  void row41_refusesWhatIsNoTimeInMilliseconds(String time) {
    assertThatThrownBy(() -> head(time)).isInstanceOf(MalformedReplyException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "7", "{\"block_header\":null}", "{\"block_header\":{}}", "{\"block_header\":{\"raw_data\":[]}}"})
  void row61_refusesWhatIsNoBlock(String body) {
    assertThatThrownBy(() -> Head.read(Json.tree("tron", body.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(MalformedReplyException.class);
  }

  private static Head head(String time) {
    String body = "{\"block_header\":{\"raw_data\":{\"timestamp\":" + time + "}}}";
    return Head.read(Json.tree("tron", body.getBytes(StandardCharsets.UTF_8)));
  }
}
