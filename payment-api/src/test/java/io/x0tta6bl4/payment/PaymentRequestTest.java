package io.x0tta6bl4.payment;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentRequestTest {

  @Test
  void hasTheDocumentedDefaults() {
    PaymentRequest request = Paid.order("25").build();

    assertThat(request.orderId()).isEqualTo("ORD-1001");
    assertThat(request.recipient()).isEqualTo("shop");
    assertThat(request.amount()).isEqualTo(Paid.amount("25"));
    assertThat(request.asset()).isEqualTo(Asset.USDT_TRC20);
    assertThat(request.matchMode()).isEqualTo(MatchMode.MEMO);
    assertThat(request.tolerance()).isEqualByComparingTo("0.01");
    assertThat(request.maxAge()).isEqualTo(Duration.ofHours(24));
    assertThat(request.notBefore()).isEmpty();
    assertThat(request.acceptsOverpayment()).isFalse();
    assertThat(request.addsUp()).isTrue();
    assertThat(request.acceptsCreditedButFailed()).isFalse();
  }

  @Test
  void keepsWhatItIsTold() {
    PaymentRequest request =
        Paid.order("25")
            .matchMode(MatchMode.ADDRESS)
            .tolerance(new BigDecimal("0.05"))
            .maxAge(Duration.ofHours(1))
            .notBefore(Instant.EPOCH)
            .acceptOverpayment(true)
            .addUp(false)
            .acceptCreditedButFailed(true)
            .build();

    assertThat(request.matchMode()).isEqualTo(MatchMode.ADDRESS);
    assertThat(request.tolerance()).isEqualByComparingTo("0.05");
    assertThat(request.maxAge()).isEqualTo(Duration.ofHours(1));
    assertThat(request.notBefore()).contains(Instant.EPOCH);
    assertThat(request.acceptsOverpayment()).isTrue();
    assertThat(request.addsUp()).isFalse();
    assertThat(request.acceptsCreditedButFailed()).isTrue();
    assertThat(request).hasToString("PaymentRequest[ORD-1001: 25.000000 USDT to shop by ADDRESS]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "A.B", "1:2", "a_b-c", "0123456789012345678901234567890123456789012345678901234567890123"})
  void takesAnOrderIdOf3To64Characters(String id) {
    assertThat(PaymentRequest.builder(id, "shop", Paid.amount("1")).build().orderId()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "ab", "   ", "ORD 1001", " ORD-1001", "ORD-1001\n", "ORD\u200b1001", "ＯＲＤ-1001", "ОRD-1001", "ORD/1001",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void row24_refusesAnOrderIdThatIsBlankTooShortTooLongOrOfOtherCharacters(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaymentRequest.builder(id, "shop", Paid.amount("1")).build())
        .withMessageContaining("order id")
        .withMessageContaining("3 to 64 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void refusesABlankRecipient(String recipient) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PaymentRequest.builder("ORD-1001", recipient, Paid.amount("1")).build())
        .withMessageContaining("recipient");
  }

  @Test
  void refusesAnAmountOfNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> Paid.order("0").build()).withMessageContaining("more than 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P367D", "P366DT0.000000001S"})
  void refusesAMaximumAgeOutsideTheRange(Duration age) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paid.order("1").maxAge(age).build())
        .withMessageContaining("maximum age");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.000000001S", "P366D"})
  void takesAMaximumAgeAtTheEndsOfTheRange(Duration age) {
    assertThat(Paid.order("1").maxAge(age).build().maxAge()).isEqualTo(age);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "-1E-18", "1", "1.0", "2", "1E+999999999", "1E-19", "1E-999999999", "-1E+999999999"})
  void row27_refusesAToleranceOutsideTheRangeAtOnce(BigDecimal tolerance) {
    assertTimeoutPreemptively(
        ofSeconds(5),
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> Paid.order("1").tolerance(tolerance).build())
                .withMessageContaining("tolerance")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250)));
  }

  @Test
  void aMessageAboutALongToleranceIsShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paid.order("1").tolerance(new BigDecimal("0." + "1".repeat(10_000))).build())
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
  }

  @ParameterizedTest
  @CsvSource({
    // amount in units, tolerance, least, most
    "1, 0.01, 1, 1",
    "1, 0.999999999999999999, 1, 1",
    "2, 0.5, 1, 3",
    "2, 0.49, 2, 2",
    "99, 0.01, 99, 99",
    "100, 0.01, 99, 101",
    "199, 0.01, 198, 200",
    "25000000, 0.01, 24750000, 25250000",
    "25000001, 0.01, 24750001, 25250001",
    "25000000, 0, 25000000, 25000000",
    "25000000, 0E+999999999, 25000000, 25000000",
    "1000000000000000000, 0.000000000000000001, 999999999999999999, 1000000000000000001"
  })
  void row25_theBoundsAreTheAmountAndTheToleranceRoundedDown(
      BigInteger units, BigDecimal tolerance, BigInteger least, BigInteger most) {
    PaymentRequest request =
        PaymentRequest.builder("ORD-1001", "shop", new Amount(Paid.USDT, units)).tolerance(tolerance).build();

    assertThat(request.leastUnits()).isEqualTo(least);
    assertThat(request.mostUnits()).isEqualTo(most);
  }

  @Test
  void row60_theBoundsOfTheLargestAmountAreExact() {
    BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    PaymentRequest request = PaymentRequest.builder("ORD-1001", "shop", new Amount(Paid.USDT, largest)).build();

    assertThat(request.leastUnits()).isEqualTo(largest.subtract(largest.divide(BigInteger.valueOf(100))));
    assertThat(request.mostUnits()).isEqualTo(largest.add(largest.divide(BigInteger.valueOf(100))));
  }

  @Test
  void theBoundsAgreeWithADecimalOracle() {
    long seed = System.nanoTime();
    System.out.println("PaymentRequestTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      BigInteger units = new BigInteger(1 + random.nextInt(255), random).add(BigInteger.ONE);
      int scale = random.nextInt(19);
      BigDecimal tolerance =
          new BigDecimal(new BigInteger(64, random).mod(BigInteger.TEN.pow(scale)), scale);
      PaymentRequest request =
          PaymentRequest.builder("ORD-1001", "shop", new Amount(Paid.USDT, units)).tolerance(tolerance).build();

      BigDecimal amount = new BigDecimal(units);
      BigInteger least =
          amount.multiply(BigDecimal.ONE.subtract(tolerance)).setScale(0, RoundingMode.CEILING).toBigIntegerExact();
      BigInteger most =
          amount.multiply(BigDecimal.ONE.add(tolerance)).setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
      assertThat(request.leastUnits()).as("seed %d, round %d", seed, i).isEqualTo(least).isPositive();
      assertThat(request.mostUnits()).as("seed %d, round %d", seed, i).isEqualTo(most);
    }
  }

  @Test
  void aUniqueAmountHasNoToleranceAndDoesNotAddUp() {
    PaymentRequest request = Paid.order("25.000017").matchMode(MatchMode.AMOUNT).addUp(true).build();

    assertThat(request.tolerance()).isEqualByComparingTo("0");
    assertThat(request.leastUnits()).isEqualTo(25_000_017);
    assertThat(request.mostUnits()).isEqualTo(25_000_017);
    assertThat(request.addsUp()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.01"})
  void row27_anyToleranceWithAUniqueAmountIsRefused(BigDecimal tolerance) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Paid.order("25").matchMode(MatchMode.AMOUNT).tolerance(tolerance).build())
        .withMessageContaining("must be met exactly");
  }

  @ParameterizedTest
  @EnumSource(MatchMode.class)
  void equalPartsMakeEqualRequests(MatchMode mode) {
    PaymentRequest one = Paid.order("25").matchMode(mode).build();
    PaymentRequest other = Paid.order("25.0").matchMode(mode).build();

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void theScaleOfTheToleranceDoesNotMatter() {
    PaymentRequest one = Paid.order("25").tolerance(new BigDecimal("0.1")).build();
    PaymentRequest other = Paid.order("25").tolerance(new BigDecimal("0.100")).build();

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void everyPartMakesADifference() {
    PaymentRequest plain = Paid.order("25").build();

    assertThat(plain)
        .isNotEqualTo(null)
        .isNotEqualTo("ORD-1001")
        .isNotEqualTo(PaymentRequest.builder("ORD-1002", "shop", Paid.amount("25")).build())
        .isNotEqualTo(PaymentRequest.builder("ORD-1001", "other", Paid.amount("25")).build())
        .isNotEqualTo(Paid.order("26").build())
        .isNotEqualTo(Paid.order("25").matchMode(MatchMode.ADDRESS).build())
        .isNotEqualTo(Paid.exactOrder("25").build())
        .isNotEqualTo(Paid.order("25").maxAge(Duration.ofHours(1)).build())
        .isNotEqualTo(Paid.order("25").notBefore(Instant.EPOCH).build())
        .isNotEqualTo(Paid.order("25").acceptOverpayment(true).build())
        .isNotEqualTo(Paid.order("25").addUp(false).build())
        .isNotEqualTo(Paid.order("25").acceptCreditedButFailed(true).build());
  }
}
