package io.x0tta6bl4.example.callback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.x0tta6bl4.payment.http.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README tells merchants who write Python, run as it stands there. */
class CallbackReadmeTest {

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final byte[] BODY = "{\"id\":\"ORD-1#2\"}".getBytes(UTF_8);

  @Test
  void checksASignatureInPython() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PYTHON), "skipped: needs " + PYTHON);
    String readme = Files.readString(Path.of("README.md"));
    String example = readme.replaceFirst("(?s).*```python\n(.*?)```.*", "$1");
    String header =
        CallbackSignature.sign(BODY, List.of(Secret.of("the-secret-of-before"), Secret.of("the-secret")), Instant.ofEpochSecond(1_767_225_600));
    String program =
        example
            + """

            header, body = '%s', b'%s'
            assert is_valid(header, body, 'the-secret', 1767225600)
            assert is_valid(header, body, 'the-secret-of-before', 1767225899)
            assert not is_valid(header, body, 'the-secret', 1767225901)
            assert not is_valid(header, body + b' ', 'the-secret', 1767225600)
            assert not is_valid(header, body, 'another-secret', 1767225600)
            assert not is_valid('', body, 'the-secret', 1767225600)
            """
                .formatted(header, new String(BODY, UTF_8));
    Process python = new ProcessBuilder(PYTHON.toString(), "-").redirectErrorStream(true).start();
    try (var in = python.outputWriter(UTF_8)) {
      in.write(program);
    }
    String output = new String(python.getInputStream().readAllBytes(), UTF_8);
    assertThat(python.waitFor()).as(output).isZero();
  }
}
