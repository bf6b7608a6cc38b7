package io.x0tta6bl4.payment.testkit.watching;

import io.x0tta6bl4.payment.ledger.LedgerException;
import io.x0tta6bl4.payment.ledger.PaymentLedger;
import io.x0tta6bl4.payment.ledger.Recording;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/** A ledger whose store fails at calls of the test's choosing, with or without having done what it was asked. */
final class FailingLedger {

  private static final Set<String> WRITES = Set.of("record", "save");

  private int calls;
  private int writes;
  private int failingCall;
  private int failingWrite;
  private boolean isDoneFirst;
  private boolean isAlwaysOutdated;
  private int failures;

  /** Has the n-th call from now fail, counted from 1. */
  void failCall(int number, boolean doneFirst) {
    calls = 0;
    failingCall = number;
    isDoneFirst = doneFirst;
  }

  /** Has the n-th writing call from now fail, counted from 1. */
  void failWrite(int number, boolean doneFirst) {
    writes = 0;
    failingWrite = number;
    isDoneFirst = doneFirst;
  }

  /** Has every change of an order come too late. */
  void alwaysOutdated(boolean outdated) {
    isAlwaysOutdated = outdated;
  }

  int failures() {
    return failures;
  }

  PaymentLedger around(PaymentLedger store) {
    return (PaymentLedger)
        Proxy.newProxyInstance(
            PaymentLedger.class.getClassLoader(),
            new Class<?>[] {PaymentLedger.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("record") && isAlwaysOutdated) {
                return ((List<?>) arguments[0]).stream().map(update -> (Recording) new Recording.Outdated()).toList();
              }
              boolean fails = ++calls == failingCall;
              if (WRITES.contains(method.getName())) {
                fails |= ++writes == failingWrite;
              }
              if (fails && !isDoneFirst) {
                throw failure();
              }
              Object result;
              try {
                result = method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (fails) {
                throw failure();
              }
              return result;
            });
  }

  private LedgerException failure() {
    failures++;
    return new LedgerException("the store failed", new IOException("connection reset"));
  }
}
