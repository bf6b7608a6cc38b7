package org.example.shop;

import io.x0tta6bl4.payment.PaymentVerifier;
import io.x0tta6bl4.payment.PaymentVerifiers;
import io.x0tta6bl4.payment.VerifierOptions;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(PaymentBeans.Settings.class)
class PaymentBeans {

  @Bean(destroyMethod = "close")
  PaymentVerifier paymentVerifier(Settings settings) {
    return PaymentVerifiers.load(settings.network(), VerifierOptions.of(settings.options()));
  }

  /** Of {@code payments.network} and {@code payments.options.*}; the names of the options are those of the provider. */
  @ConfigurationProperties("payments")
  record Settings(String network, Map<String, String> options) {}
}
