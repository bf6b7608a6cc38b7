package io.x0tta6bl4.ebpf;

import io.x0tta6bl4.ebpf.internal.Capabilities;
import io.x0tta6bl4.ebpf.internal.Errno;
import io.x0tta6bl4.ebpf.internal.Host;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in what libbpf said during a load why the kernel refused. */
final class LoadFailures {

  /** libbpf prints the verifier's log between these lines, whole: it makes room for up to 16 MiB of it. */
  private static final Pattern VERIFIER_LOG =
      Pattern.compile("prog '([^']*)': -- BEGIN PROG LOAD LOG --\n(.*?)-- END PROG LOAD LOG --", Pattern.DOTALL);

  /** What the verifier says at the end of each log, whatever its verdict. */
  private static final Pattern STATISTICS = Pattern.compile("^(processed \\d+ insns|verification time|stack depth).*");

  /** What it says to those who may not do arithmetic with pointers. */
  private static final Pattern FOR_PRIVILEGED =
      Pattern.compile(
          "prohibited for !root|pointer \\S+ pointer prohibited|32-bit pointer arithmetic|pointer comparison prohibited|leaks addr");

  private LoadFailures() {}

  static BpfException of(String object, int errno, String libbpfLog) {
    return of(object, errno, libbpfLog, Capabilities.ofThisThread());
  }

  static BpfException of(String object, int errno, String libbpfLog, Capabilities capabilities) {
    // The last: before it may be those of programs that were accepted.
    MatchResult log = VERIFIER_LOG.matcher(libbpfLog).results().reduce((first, second) -> second).orElse(null);
    if (log != null) {
      String verifierLog = log.group(2);
      return new BpfVerifierException(log.group(1), errno, verifierLog, reason(verifierLog, capabilities), libbpfLog);
    }
    if (errno == Errno.EPERM || errno == Errno.EACCES) {
      return new BpfPermissionException(
          "object '" + object + "' may not be loaded: " + missing(capabilities), errno, libbpfLog);
    }
    return new BpfException("object '" + object + "' could not be loaded", errno, libbpfLog, null);
  }

  /** What is missing, in words. */
  static String missing(Capabilities capabilities) {
    List<String> missing = capabilities.missing();
    if (!missing.isEmpty()) {
      return "this process lacks " + String.join(" and ", missing);
    }
    return "the capabilities are there, so something else says no: " + Host.otherObstacles();
  }

  static VerifierReport accepted(String libbpfLog) {
    StringBuilder logs = new StringBuilder();
    StringBuilder costs = new StringBuilder();
    Matcher log = VERIFIER_LOG.matcher(libbpfLog);
    while (log.find()) {
      logs.append("program '").append(log.group(1)).append("':\n").append(log.group(2));
      log.group(2)
          .lines()
          .filter(line -> line.startsWith("processed "))
          .forEach(line -> costs.append(costs.isEmpty() ? "" : "; ").append(log.group(1)).append(": ").append(line));
    }
    return new VerifierReport(true, "", costs.toString(), logs.toString());
  }

  private static String reason(String verifierLog, Capabilities capabilities) {
    List<String> lines =
        verifierLog.lines().map(String::strip).filter(line -> !line.isEmpty() && !STATISTICS.matcher(line).matches()).toList();
    String last = lines.isEmpty() ? "it gave no reason" : lines.get(lines.size() - 1);
    boolean privilege = FOR_PRIVILEGED.matcher(last).find() && !capabilities.perfmon();
    return privilege ? last + "; the program needs CAP_PERFMON, which this process lacks" : last;
  }
}
