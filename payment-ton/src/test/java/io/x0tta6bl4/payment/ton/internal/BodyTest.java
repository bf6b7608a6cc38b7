package io.x0tta6bl4.payment.ton.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.x0tta6bl4.payment.Memo;
import io.x0tta6bl4.payment.ton.Fixtures;
import io.x0tta6bl4.simulator.ton.CellWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bags of cells, cells and bodies. */
class BodyTest {

  private static final BigInteger AMOUNT = BigInteger.valueOf(25_000_000);
  private static final TonAddress PAYER = TonAddress.parse(Fixtures.PAYER, false);

  @Test
  void commentsAreReadThroughAllTheirCells() throws MalformedCellException {
    for (int length : new int[] {1, 8, 122, 123, 124, 250, 251, 1000, 40_000}) {
      String text = "x".repeat(length);
      assertThat(Body.of(CellWriter.comment(text).bag())).isEqualTo(new Body.Comment(Memo.ofText(text)));
    }
  }

  @Test
  void aTextIsReadUpToItsLongest() throws MalformedCellException {
    Body.Comment comment = (Body.Comment) Body.of(CellWriter.comment("x".repeat(70_000)).bag());
    assertThat(((Memo.Text) comment.memo()).value()).hasSizeBetween(Body.MAX_TEXT, Body.MAX_TEXT + 127);
  }

  @Test
  void notificationsAndInternalTransfersAreRead() throws MalformedCellException {
    BigInteger queryId = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    CellWriter text = CellWriter.comment("ORD-1");
    assertThat(Body.of(CellWriter.notification(queryId, AMOUNT, Fixtures.PAYER, text).bag()))
        .isEqualTo(new Body.JettonNotification(queryId, AMOUNT, PAYER, Memo.ofText("ORD-1")));
    assertThat(Body.of(CellWriter.notification(queryId, AMOUNT, null, null).bag()))
        .isEqualTo(new Body.JettonNotification(queryId, AMOUNT, null, Memo.ABSENT));
    assertThat(Body.of(CellWriter.internalTransfer(queryId, AMOUNT, Fixtures.PAYER, text).bag()))
        .isEqualTo(new Body.JettonInternalTransfer(queryId, AMOUNT, PAYER, Memo.ofText("ORD-1")));
  }

  @Test
  void aPayloadInTheSameCellIsRead() throws MalformedCellException {
    CellWriter inline =
        new CellWriter().number(0x7362d09cL, 32).number(0, 64).coins(AMOUNT).address(Fixtures.PAYER).number(0, 1).number(0, 32)
            .bytes(new byte[] {'O', 'R', 'D'});
    assertThat(((Body.JettonNotification) Body.of(inline.bag())).memo()).isEqualTo(Memo.ofText("ORD"));
    CellWriter without = new CellWriter().number(0x7362d09cL, 32).number(0, 64).coins(AMOUNT).address(Fixtures.PAYER);
    assertThat(((Body.JettonNotification) Body.of(without.bag())).memo()).isEqualTo(Memo.ABSENT);
  }

  @Test
  void otherBodiesAreTold() throws MalformedCellException {
    assertThat(Body.of(new CellWriter().bag())).isEqualTo(new Body.Comment(Memo.ABSENT));
    assertThat(Body.of(new CellWriter().number(5, 16).bag())).isEqualTo(new Body.Other(-1));
    assertThat(Body.of(new CellWriter().number(7, 32).bag())).isEqualTo(new Body.Other(7));
    assertThat(Body.of(CellWriter.bounced().bag())).isEqualTo(new Body.Returned());
    assertThat(Body.of(new CellWriter().number(0xd53276dbL, 32).number(0, 64).bag())).isEqualTo(new Body.Returned());
    assertThat(Body.of(CellWriter.encrypted(new byte[80]).bag())).isEqualTo(new Body.Comment(Memo.UNREADABLE));
  }

  @Test
  void row19_bytesThatAreNotUtf8AreUnreadable() throws MalformedCellException {
    assertThat(Body.of(CellWriter.comment(new byte[] {(byte) 0xff, 'a'}).bag())).isEqualTo(new Body.Comment(Memo.UNREADABLE));
  }

  @Test
  void aTextThatDoesNotFillItsBytesIsMalformed() {
    assertMalformed(new CellWriter().number(0, 32).number(1, 4).bag());
  }

  @Test
  void addressesOfOtherKindsAndCutFieldsAreMalformed() {
    assertMalformed(new CellWriter().number(0x7362d09cL, 32).number(0, 64).coins(AMOUNT).number(1, 2).bag());
    assertMalformed(new CellWriter().number(0x7362d09cL, 32).number(0, 64).coins(AMOUNT).number(0b101, 3).number(0, 264).bag());
    assertMalformed(new CellWriter().number(0x7362d09cL, 32).number(0, 64).coins(AMOUNT).number(0b100, 3).number(0, 100).bag());
    assertMalformed(new CellWriter().number(0x7362d09cL, 32).number(0, 63).bag());
    assertMalformed(new CellWriter().number(0x7362d09cL, 32).number(0, 64).number(15, 4).bag());
    // The payload is said to be in a cell of its own, and there is none.
    assertMalformed(new CellWriter().number(0x7362d09cL, 32).number(0, 64).coins(AMOUNT).address(null).number(1, 1).bag());
  }

  @Test
  void aBagThatIsCutAnywhereIsMalformed() {
    byte[] bag = CellWriter.notification(BigInteger.ONE, AMOUNT, Fixtures.PAYER, CellWriter.comment("ORD-1")).bag();
    for (int length = 0; length < bag.length; length++) {
      assertMalformed(Arrays.copyOf(bag, length));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "b5ee9c73010101010002000000", // another magic
    "b5ee9c72000101010002000000", // references of no bytes
    "b5ee9c7205010101000200000000000000000000000000", // references of five bytes
    "b5ee9c72010001010002000000", // offsets of no bytes
    "b5ee9c72010901010002000000", // offsets of nine bytes
    "b5ee9c72010100010002000000", // no cells
    "b5ee9c72010101020002000000", // two roots
    "b5ee9c72010101000002000000", // no root
    "b5ee9c72010101010002010000", // a root that is not there
    "b5ee9c72010101010002000500", // five references
    "b5ee9c72010101010002000800", // an exotic cell
    "b5ee9c720101010100030001000000", // a cell that refers to itself
    "b5ee9c72010102010006000100000100000000", // a reference backwards
    "b5ee9c720101010100030001000500", // a reference to a cell that is not there
    "b5ee9c7201010101000300000100", // no end mark
    "b5ee9c7204010000200100000001000000000200000000000000" // more cells than any message has
  })
  void aBagWithWrongSizesOrReferencesIsMalformed(String hex) {
    assertMalformed(HexFormat.of().parseHex(hex));
  }

  @Test
  void aBagWithAnIndexIsRead() throws MalformedCellException {
    // As CellWriter writes it, but with the flag, and one offset of one byte behind the root.
    byte[] plain = CellWriter.comment("ORD-1").bag();
    byte[] indexed = new byte[plain.length + 1];
    System.arraycopy(plain, 0, indexed, 0, 11);
    indexed[4] |= (byte) 0x80;
    indexed[11] = (byte) (plain.length - 11);
    System.arraycopy(plain, 11, indexed, 12, plain.length - 11);
    assertThat(Body.of(indexed)).isEqualTo(new Body.Comment(Memo.ofText("ORD-1")));
    assertMalformed(Arrays.copyOf(indexed, 11));
  }

  @Test
  void seededChangesOfBytesThrowNothingElse() {
    Random random = new Random(20_260_101);
    List<byte[]> bags =
        List.of(
            CellWriter.comment("ORD-1001 " + "x".repeat(300)).bag(),
            CellWriter.notification(BigInteger.ONE, AMOUNT, Fixtures.PAYER, CellWriter.comment("ORD-1")).bag(),
            CellWriter.internalTransfer(BigInteger.ONE, AMOUNT, Fixtures.PAYER, CellWriter.comment("ORD-1")).bag());
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bag = bags.get(random.nextInt(bags.size())).clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bag[random.nextInt(bag.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(Body.of(bag)).isNotNull();
        read++;
      } catch (MalformedCellException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isPositive();
  }

  private static void assertMalformed(byte[] bag) {
    assertThatThrownBy(() -> Body.of(bag)).as(HexFormat.of().formatHex(bag)).isInstanceOf(MalformedCellException.class);
  }
}
