package io.x0tta6bl4.ebpf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PossibleCpusTest {

  @ParameterizedTest
  @CsvSource({"'0\n', 1, 1", "'0-3\n', 4, 4", "'0-3,8-11\n', 8, 12", "'', 2, 2", "'nonsense', 2, 2"})
  void aTableHasARowForTheHighestNumber(String ranges, int count, int rows) {
    assertThat(PossibleCpus.rows(ranges, count)).isEqualTo(rows);
  }
}
