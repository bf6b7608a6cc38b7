package io.x0tta6bl4.ebpf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrnoTest {

  @Test
  void namesEachNumberThatItKnows() throws IllegalAccessException {
    Field[] numbers =
        Arrays.stream(Errno.class.getFields()).filter(f -> Modifier.isStatic(f.getModifiers())).toArray(Field[]::new);
    assertThat(numbers).hasSizeGreaterThan(10);
    for (Field number : numbers) {
      assertThat(Errno.text(number.getInt(null))).startsWith(number.getName() + ": ");
    }
  }

  @Test
  void saysWhatTheNumbersOfLibbpfMean() {
    assertThat(Errno.text(4003)).isEqualTo("libbpf: the object's byte order is another");
  }

  @Test
  void givesTheNumberWhereItKnowsNoWord() {
    assertThat(Errno.text(4711)).isEqualTo("errno 4711");
  }
}
