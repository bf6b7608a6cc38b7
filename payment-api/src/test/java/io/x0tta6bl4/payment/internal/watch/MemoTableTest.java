package io.x0tta6bl4.payment.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoTableTest {

  private final MemoTable table = new MemoTable();

  @Test
  void knowsWhatItWasGivenAndNothingElse() {
    for (int i = 0; i < 100_000; i++) {
      table.put("ORD-" + i, i);
    }
    assertThat(table.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(table.contains("ORD-" + i)).isTrue();
      assertThat(table.contains("ORD_" + i)).isFalse();
    }
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(table.size()).isZero();
    assertThat(table.contains("")).isFalse();
    assertThat(table.contains("ORD-1")).isFalse();
  }

  @Test
  void keepsAMemoUntilTheLaterOfItsEnds() {
    table.put("ORD-1", 10);
    table.put("ORD-1", 5);
    table.put("ORD-2", 5);
    table.put("ORD-2", 20);
    assertThat(table.size()).isEqualTo(2);
    table.forgetBefore(10);
    assertThat(table.contains("ORD-1")).isTrue();
    table.forgetBefore(11);
    assertThat(table.contains("ORD-1")).isFalse();
    assertThat(table.contains("ORD-2")).isTrue();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void agreesWithAMapWhateverIsPutAndForgotten() {
    long seed = 20_260_101;
    Random random = new Random(seed);
    Map<String, Long> model = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      if (random.nextInt(500) == 0) {
        long before = random.nextInt(1_000);
        table.forgetBefore(before);
        model.values().removeIf(until -> until < before);
      } else {
        String memo = "M" + random.nextInt(5_000);
        long until = random.nextInt(1_100);
        table.put(memo, until);
        model.merge(memo, until, Math::max);
      }
      String asked = "M" + random.nextInt(5_000);
      assertThat(table.contains(asked)).as("seed %d, step %d", seed, i).isEqualTo(model.containsKey(asked));
      assertThat(table.size()).as("seed %d, step %d", seed, i).isEqualTo(model.size());
    }
  }
}
