package io.x0tta6bl4.payment.tron.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtoReaderTest {

  @Test
  void readsFieldsOfEveryWireType() throws MalformedTransactionException {
    ProtoReader fields = reader("0896 01 12 03 616263 1d 01020304 21 0102030405060708 2a 02 0801".replace(" ", ""));
    assertThat(fields.next()).isEqualTo(1);
    assertThat(fields.number()).isEqualTo(150);
    assertThat(fields.next()).isEqualTo(2);
    assertThat(fields.bytes()).asString().isEqualTo("abc");
    assertThat(fields.next()).isEqualTo(3);
    assertThat(fields.next()).isEqualTo(4);
    assertThat(fields.next()).isEqualTo(5);
    ProtoReader inner = fields.message();
    assertThat(inner.next()).isEqualTo(1);
    assertThat(inner.number()).isEqualTo(1);
    assertThat(inner.next()).isZero();
    assertThat(fields.next()).isZero();
  }

  @Test
  void readsTheLargestNumbers() throws MalformedTransactionException {
    ProtoReader fields = reader("08ffffffffffffffffff01" + "08ffffffffffffffff7f");
    fields.next();
    assertThat(fields.number()).isEqualTo(-1);
    fields.next();
    assertThat(fields.number()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "08, a number is cut",
    "0880, a number is cut",
    "80, a number is cut",
    "08ffffffffffffffffffff01, a number is too long",
    "1203, field 2 is cut",
    "12036162, field 2 is cut",
    "12ffffffffffffffffff01, field 2 is cut",
    "1d010203, a fixed field is cut",
    "2101020304050607, a fixed field is cut",
    "0001, field number 0",
    "f8ffffffff0101, field number",
    "0b, wire type 3",
    "0c, wire type 4",
    "0e, wire type 6",
    "0f, wire type 7"
  })
  void refusesWhatIsNoMessage(String hex, String problem) {
    assertThatThrownBy(() -> reader(hex).next())
        .isInstanceOf(MalformedTransactionException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void refusesAFieldOfAnotherWireType() throws MalformedTransactionException {
    ProtoReader number = reader("0801");
    number.next();
    assertThatThrownBy(number::bytes).hasMessage("wire type 0 in place of 2");
    assertThatThrownBy(number::message).isInstanceOf(MalformedTransactionException.class);
    ProtoReader bytes = reader("0a0101");
    bytes.next();
    assertThatThrownBy(bytes::number).hasMessage("wire type 2 in place of 0");
  }

  @Test
  void anInnerMessageEndsWhereItsFieldEnds() throws MalformedTransactionException {
    ProtoReader fields = reader("0a020880" + "0801");
    fields.next();
    ProtoReader inner = fields.message();
    assertThatThrownBy(inner::next).hasMessage("a number is cut");
  }

  private static ProtoReader reader(String hex) {
    return new ProtoReader(HexFormat.of().parseHex(hex));
  }
}
