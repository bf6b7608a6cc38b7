package io.x0tta6bl4.example.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PNG is read by the JDK, and the code by ZXing: neither knows how they were made. */
class QrCodesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TBTiACnt7FMW8YGFpPAPyjBmGrWiKVkSJD",
        "ton://transfer/UQDTLyLK5Wo3DIZUlbtsNRbYAEFVBKGQ6GkZgGdC16hjbI6T?amount=25000000000&text=ORD-1001",
        "x"
      })
  void areReadAsWhatTheyHold(String text) throws IOException, ReaderException {
    assertThat(decode(ImageIO.read(new ByteArrayInputStream(new QrCodes().png(text))))).isEqualTo(text);
  }

  static String decode(BufferedImage image) throws ReaderException, NotFoundException {
    int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source))).getText();
  }
}
