package io.x0tta6bl4.telegram.internal.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.http.Secret;
import io.x0tta6bl4.telegram.OrderLinks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

  private static final Instant UNTIL = Instant.parse("2026-03-02T12:00:00Z");
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:-";

  private final Seal seal = new Seal(List.of(Secret.of("0123456789abcdef")));

  @ParameterizedTest
  @ValueSource(strings = {"ORD-1001", "a.b", ":::", "000", "---", "2f1e7c0a-9b1d-4c3e-8f57-0123456789ab", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"})
  void aReferenceGivesItsOrderBack(String orderId) {
    String reference = seal.reference(orderId, UNTIL);

    assertThat(reference).matches("[A-Za-z0-9_-]{1,64}");
    assertThat(seal.open(reference)).contains(new Seal.Reference(orderId, UNTIL));
  }

  @Test
  void everyOrderIdFitsAndComesBack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder id = new StringBuilder();
      for (int n = 3 + random.nextInt(Seal.LONGEST_ORDER_ID - 2); n > 0; n--) {
        id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      String orderId = id.toString();
      String reference = seal.reference(orderId, UNTIL);
      assertThat(reference.length()).as("seed %s", seed).isLessThanOrEqualTo(64);
      assertThat(seal.open(reference).orElseThrow().orderId()).as("seed %s", seed).isEqualTo(orderId);
      String button = seal.button('c', orderId, Long.MIN_VALUE);
      assertThat(button.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(64);
      assertThat(seal.pressed(button, Long.MIN_VALUE)).contains(new Seal.Pressed('c', orderId));
    }
  }

  @Test
  void shortIdsHaveDifferentNumbers() {
    Set<String> seen = new HashSet<>();
    for (String id : List.of("000", "0000", "00000", "100", "001", "010", "0001")) {
      assertThat(seen.add(seal.reference(id, UNTIL))).isTrue();
      assertThat(seal.open(seal.reference(id, UNTIL)).orElseThrow().orderId()).isEqualTo(id);
    }
  }

  @Test
  void aChangedReferenceOpensNothing() {
    String reference = seal.reference("ORD-1001", UNTIL);
    for (int i = 0; i < reference.length(); i++) {
      for (char c : new char[] {'A', 'z', '0', '_'}) {
        String changed = reference.substring(0, i) + c + reference.substring(i + 1);
        // The last character has bits that no byte uses.
        assertThat(changed.equals(reference) || i == reference.length() - 1 || seal.open(changed).isEmpty()).isTrue();
      }
    }
    assertThat(seal.open(reference.substring(1))).isEmpty();
    assertThat(seal.open(reference + "AAAA")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "ORD-1001", "====", "%00", "AQ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void whatWasNotSignedOpensNothing(String text) {
    assertThat(seal.open(text)).isEmpty();
  }

  @Test
  void aButtonWorksInItsChatForItsDeedOnly() {
    String data = seal.button('c', "ORD-1001", 7);
    assertThat(seal.pressed(data, 7)).contains(new Seal.Pressed('c', "ORD-1001"));
    assertThat(seal.pressed(data, 8)).isEmpty();
    assertThat(seal.pressed("x" + data.substring(1), 7)).isEmpty();
    assertThat(seal.pressed(data.replace("1001", "1002"), 7)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "c!", "cORD!", "cORD!%%%", "cORD!AAAA", "no mark at all"})
  void whatNoButtonOfOursTellsIsNothing(String data) {
    assertThat(seal.pressed(data, 7)).isEmpty();
  }

  @Test
  void aKeyIsRotatedWithoutLosingLinks() {
    Secret old = Secret.of("0123456789abcdef");
    Secret fresh = Secret.of("fedcba9876543210");
    String before = seal.reference("ORD-1001", UNTIL);
    Seal both = new Seal(List.of(fresh, old));
    assertThat(both.open(before)).isPresent();
    assertThat(new Seal(List.of(fresh)).open(before)).isEmpty();
    assertThat(new Seal(List.of(fresh)).open(both.reference("ORD-1001", UNTIL))).isPresent();
  }

  @Test
  void theTimeIsRoundedUpToAMinute() {
    assertThat(seal.open(seal.reference("ORD-1", UNTIL.plusMillis(1_000))).orElseThrow().expiresAt())
        .isEqualTo(UNTIL.plusSeconds(60));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> seal.reference("x".repeat(43), UNTIL)).hasMessageContaining("3 to 42 characters");
    assertThatThrownBy(() -> seal.reference("ORD 1", UNTIL)).hasMessageContaining("'ORD 1'");
    assertThatThrownBy(() -> seal.reference("ORD-1", Instant.EPOCH)).hasMessageContaining("1970");
    assertThatThrownBy(() -> seal.reference("ORD-1", Instant.parse("2058-01-01T00:00:00Z"))).hasMessageContaining("2058");
    assertThatThrownBy(() -> new Seal(List.of(Secret.of("too short"))))
        .hasMessageContaining("key of 9 characters")
        .hasMessageNotContaining("too short");
  }

  @Test
  void makesALinkOfTelegram() {
    OrderLinks links = OrderLinks.of(Secret.of("0123456789abcdef"));
    assertThat(links.link("shop_bot", "ORD-1001", UNTIL))
        .isEqualTo(URI.create("https://t.me/shop_bot?start=" + seal.reference("ORD-1001", UNTIL)));
    assertThat(links).hasToString("OrderLinks[***]");
    assertThatThrownBy(() -> links.link("shop bot", "ORD-1001", UNTIL)).hasMessageContaining("'shop bot'");
  }
}
