package org.example.shop;

import io.x0tta6bl4.payment.Amount;
import io.x0tta6bl4.payment.Asset;
import io.x0tta6bl4.payment.PaymentRequest;
import io.x0tta6bl4.payment.PaymentVerifier;
import java.math.BigDecimal;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class ShopApplication {

  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args).close();
  }

  @Bean
  CommandLineRunner askOnce(PaymentVerifier verifier) {
    Amount price = Amount.of(Asset.USDT_TRC20, new BigDecimal("25.00"));
    return args -> System.out.println(verifier.verify(PaymentRequest.builder("ORD-1001", args[0], price).build()));
  }
}
