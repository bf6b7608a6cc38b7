package io.x0tta6bl4.payment;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {

  private static final BigInteger LARGEST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
  private static final Asset WHOLE = new Asset("tron", "WHOLE", "contract", 0);
  private static final Asset FINEST = new Asset("tron", "FINEST", "contract", 77);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.000000, 0",
    "0E+999999999, 0",
    "0E-999999999, 0",
    "0.000001, 1",
    "1, 1000000",
    "1.000000000, 1000000",
    "25.5, 25500000",
    "2.55E+1, 25500000",
    "1E-6, 1",
    "1E+3, 1000000000",
    "9223372036854.775807, 9223372036854775807",
    "9223372036854.775808, 9223372036854775808"
  })
  void readsADecimalExactly(BigDecimal value, BigInteger units) {
    assertThat(Amount.of(Asset.USDT_TRC20, value).units()).isEqualTo(units);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000001", "25.5000001", "1E-7", "1E-999999999", "123456789.123456789"})
  void neverRoundsADecimalThatIsFinerThanTheAsset(BigDecimal value) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Amount.of(Asset.USDT_TRC20, value))
        .withMessageContaining("at most 6 decimals")
        .withMessageContaining("USDT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-0.000001", "-1E+70"})
  void refusesANegativeValue(BigDecimal value) {
    assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(Asset.USDT_TRC20, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999", "-1e999999999", "9e2147483647", "1e-999999999", "-1e-999999999", "1e-2147483647", "1e79"
      })
  void refusesAnExponentThatCannotMeanAnythingAtOnceAndBriefly(String text) {
    BigDecimal value = new BigDecimal(text);
    assertTimeoutPreemptively(
        ofSeconds(5),
        () ->
            assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> Amount.of(Asset.USDT_TRC20, value))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class));
  }

  @Test
  void row29_oneTenthAndTwoTenthsAreExactlyThreeTenths() {
    Amount sum = Paid.amount("0.1").plus(Paid.amount("0.2"));

    assertThat(sum).isEqualTo(Paid.amount("0.3"));
    assertThat(sum.units()).isEqualTo(300_000);
  }

  @Test
  void row29_tenNinetyNineIsNotTen() {
    assertThat(Paid.amount("10.99")).isNotEqualByComparingTo(Paid.amount("10"));
  }

  @Test
  void row60_holdsTheLargest256BitNumber() {
    assertThat(new Amount(Paid.USDT, LARGEST).toDecimal().unscaledValue()).isEqualTo(LARGEST);
    assertThat(Amount.of(WHOLE, new BigDecimal(LARGEST)).units()).isEqualTo(LARGEST);
    assertThat(Amount.of(FINEST, new BigDecimal(LARGEST, 77)).units()).isEqualTo(LARGEST);
  }

  @Test
  void row60_refusesOneUnitMoreThanTheLargest256BitNumber() {
    BigInteger more = LARGEST.add(BigInteger.ONE);

    assertThatIllegalArgumentException().isThrownBy(() -> new Amount(Paid.USDT, more)).withMessageContaining("2^256 - 1");
    assertThatIllegalArgumentException().isThrownBy(() -> Amount.of(WHOLE, new BigDecimal(more)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Amount(Paid.USDT, LARGEST).plus(Amount.ofUnits(Paid.USDT, 1)));
  }

  @Test
  void row60_countsBeyond63Bits() {
    Amount most = Amount.ofUnits(Asset.TON, Long.MAX_VALUE);

    assertThat(most.plus(Amount.ofUnits(Asset.TON, 1)).toDecimal()).isEqualTo("9223372036.854775808");
  }

  @Test
  void refusesNegativeUnits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Amount.ofUnits(Paid.USDT, -1))
        .withMessageContaining("-1")
        .withMessageContaining("0 to 2^256 - 1");
  }

  @Test
  void aMessageAboutAHugeNumberIsShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Amount(Paid.USDT, BigInteger.TEN.pow(5_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void trailingZerosDoNotMatter() {
    assertThat(Paid.amount("1." + "0".repeat(100))).isEqualTo(Paid.amount("1"));
  }

  @Test
  void trailingZerosDoNotMatterHoweverManyThereAre() {
    assertThat(Paid.amount("1." + "0".repeat(200))).isEqualTo(Paid.amount("1"));
  }

  @Test
  void amountsOfDifferentAssetsCannotBeCombined() {
    Amount trx = Amount.ofUnits(Asset.TRX, 1);
    Amount usdt = Amount.ofUnits(Asset.USDT_TRC20, 1);

    assertThatExceptionOfType(AssetMismatchException.class)
        .isThrownBy(() -> trx.plus(usdt))
        .withMessageContaining("TRX")
        .withMessageContaining("USDT");
    assertThatExceptionOfType(AssetMismatchException.class).isThrownBy(() -> trx.compareTo(usdt));
  }

  @Test
  void oneTokenUnderTwoNamesIsOneAsset() {
    Asset renamed = new Asset("tron", "Tether", Asset.USDT_TRC20.contract(), 6);

    assertThat(Amount.ofUnits(renamed, 1).plus(Amount.ofUnits(Asset.USDT_TRC20, 2)).units()).isEqualTo(3);
  }

  @Test
  void row12_oneTokenWithOtherDecimalsIsNotAddedAsIfItsUnitsWereTheSame() {
    Asset lying = new Asset("tron", "USDT", Asset.USDT_TRC20.contract(), 18);

    assertThatExceptionOfType(AssetMismatchException.class)
        .isThrownBy(() -> Amount.ofUnits(Asset.USDT_TRC20, 1).plus(Amount.ofUnits(lying, 1)));
  }

  @Test
  void comparesByUnits() {
    assertThat(Paid.amount("9.999999")).isLessThan(Paid.amount("10"));
    assertThat(Paid.amount("10.0")).isEqualByComparingTo(Paid.amount("10"));
  }

  @Test
  void printsEveryDecimalAndNoExponent() {
    assertThat(Paid.amount("25.5")).hasToString("25.500000 USDT");
    assertThat(Amount.ofUnits(Asset.TON, 1)).hasToString("0.000000001 TON");
    assertThat(Amount.ofUnits(FINEST, 1).toString()).doesNotContain("E-").endsWith("1 FINEST");
  }

  @Test
  void whatWasWrittenAsADecimalIsReadBackTheSame() {
    long seed = System.nanoTime();
    System.out.println("AmountTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Asset asset = new Asset("tron", "T", "contract", random.nextInt(78));
      Amount amount = new Amount(asset, new BigInteger(random.nextInt(257), random));

      assertThat(Amount.of(asset, amount.toDecimal())).as("seed %d, round %d", seed, i).isEqualTo(amount);
      assertThat(Amount.of(asset, new BigDecimal(amount.toDecimal().toString())))
          .as("seed %d, round %d", seed, i)
          .isEqualTo(amount);
    }
  }
}
