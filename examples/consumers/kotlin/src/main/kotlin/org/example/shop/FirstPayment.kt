package org.example.shop

import io.x0tta6bl4.payment.Amount
import io.x0tta6bl4.payment.Asset
import io.x0tta6bl4.payment.PaymentRequest
import io.x0tta6bl4.payment.Verification
import io.x0tta6bl4.payment.testkit.InMemoryChain
import io.x0tta6bl4.payment.testkit.InMemoryPaymentVerifier
import java.math.BigDecimal
import java.time.Clock

/** A payment on a chain in memory; the compiler sees which verdicts there are, and which values may be null. */
fun main() {
  val clock = Clock.systemUTC()
  val chain = InMemoryChain(clock)
  val price = Amount.of(Asset.USDT_TRC20, BigDecimal("25.00"))
  chain.pay("shop-wallet", price).memo("ORD-1001").submit()

  val verdict = InMemoryPaymentVerifier.of(chain, clock).use {
    it.verify(PaymentRequest.builder("ORD-1001", "shop-wallet", price).build())
  }
  println(
    when (verdict) {
      is Verification.Verified -> "paid ${verdict.total().toDecimal()} ${verdict.total().asset().symbol()}"
      is Verification.Pending -> "seen, not final: do not deliver yet"
      is Verification.Rejected -> "not paid: ${verdict.reason()}"
      is Verification.NotFound -> "not paid"
      is Verification.Incomplete, is Verification.Unavailable -> "nothing is known: ask again"
    }
  )
}
