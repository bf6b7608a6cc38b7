package io.x0tta6bl4.telegram.internal.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {

  @Test
  void escapesWhatIsMarkUp() {
    assertThat(Html.escape("<b>\"Tom & Jerry\"</b>", 100)).isEqualTo("&lt;b&gt;&quot;Tom &amp; Jerry&quot;&lt;/b&gt;");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x07, 0x0a, 0x7f, 0x9b, 0x200b, 0x200e, 0x200f, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff, 0x2028, 0xd800, 0xe000, 0xe0001})
  void stripsWhatCouldHideOrTurnAroundItsNeighbours(int codePoint) {
    assertThat(Html.escape("a" + new String(Character.toChars(codePoint)) + "b", 100)).isEqualTo("ab");
  }

  @Test
  void cutsBetweenCharactersAndNeverWithinAnEscape() {
    assertThat(Html.escape("&&&&", 2)).isEqualTo("&amp;&amp;…");
    assertThat(Html.escape("😀😀😀", 2)).isEqualTo("😀😀…");
    assertThat(Html.escape("abc", 3)).isEqualTo("abc");
  }

  @Test
  void whateverIsEscapedIsHarmless() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
      }
      String escaped = Html.escape(text.toString(), 20);
      assertThat(escaped.replaceAll("&(amp|lt|gt|quot);", ""))
          .as("seed %s, text %s", seed, text)
          .doesNotContain("<", ">", "&", "\"", "\u202e", "\n");
      assertThat(escaped.length()).isLessThanOrEqualTo(20 * 6 + 1);
    }
  }
}
