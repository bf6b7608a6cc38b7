package io.x0tta6bl4.ebpf.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.x0tta6bl4.ebpf.net.PacketCounter;
import io.x0tta6bl4.ebpf.net.TrafficClassifier;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows counters and their programs as Prometheus metrics. They are read when Prometheus asks; there is no thread.
 *
 * <p>All names start with {@code x0tta6bl4_ebpf_}.
 *
 * <table>
 *   <caption>The metrics</caption>
 *   <tr><th>name<th>labels<th>what it tells
 *   <tr><td>{@code xdp_packets_total}, {@code xdp_bytes_total}<td>interface<td>frames that came in, as the driver gave them
 *   <tr><td>{@code tc_packets_total}, {@code tc_bytes_total}<td>interface, direction, network, transport, class<td>packets by
 *     what they are, as on the wire; classes without any are left out
 *   <tr><td>{@code program_attached}<td>interface, program, mode<td>1, or 0 once a link of the program has lost its interface
 *   <tr><td>{@code program_info}<td>program, tag, id, type<td>1; the tag is a hash of the program's instructions
 *   <tr><td>{@code program_runs_total}, {@code program_run_seconds_total}<td>interface, program<td>how often programs ran and how long that
 *     took, counted by the kernel while {@code kernel.bpf_stats_enabled} is 1, which costs more time than the programs do
 * </table>
 *
 * <p>Bytes include the Ethernet header. Thread-safe.
 *
 * @since 0.1.0
 */
public final class EbpfMetrics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EbpfMetrics.class);

  private final PrometheusRegistry registry;
  private final List<Source> sources = new CopyOnWriteArrayList<>();
  private final MultiCollector collector = new Figures();

  private EbpfMetrics(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /**
   * Registers the metrics.
   *
   * @param registry that is scraped; one of these metrics at most
   * @return to add counters to
   * @throws IllegalArgumentException if the registry has metrics of these names already
   */
  public static EbpfMetrics register(PrometheusRegistry registry) {
    EbpfMetrics metrics = new EbpfMetrics(Objects.requireNonNull(registry, "registry"));
    registry.register(metrics.collector);
    return metrics;
  }

  /**
   * Shows a counter until it is closed.
   *
   * @param counter the counter
   * @return this
   */
  public EbpfMetrics add(PacketCounter counter) {
    return add(new PacketCounterSource(counter));
  }

  /**
   * Shows a classifier until it is closed.
   *
   * @param classifier the classifier
   * @return this
   */
  public EbpfMetrics add(TrafficClassifier classifier) {
    return add(new TrafficClassifierSource(classifier));
  }

  EbpfMetrics add(Source source) {
    sources.add(source);
    return this;
  }

  /** Takes the metrics out of the registry. Closing twice does no harm; the counters go on. */
  @Override
  public void close() {
    registry.unregister(collector);
  }

  /** What can be shown. */
  interface Source {

    /**
     * Reads its figures.
     *
     * @return adds them to those of the others; all of them were read by then
     * @throws IllegalStateException if it is closed meanwhile
     */
    Consumer<Families> read();

    /** Whether it has nothing to tell any more. */
    boolean isClosed();
  }

  private final class Figures implements MultiCollector {

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
      return Families.descriptors();
    }

    @Override
    public MetricSnapshots collect() {
      Families families = new Families();
      for (Source source : sources) {
        try {
          source.read().accept(families);
        } catch (RuntimeException e) {
          // The others are wanted all the same, and one that is closed meanwhile is no news.
          if (!source.isClosed()) {
            LOG.warn("a counter's figures are missing in this scrape", e);
          }
        }
      }
      sources.removeIf(Source::isClosed);
      return families.snapshots();
    }
  }
}
