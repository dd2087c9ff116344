package dev.nightshift.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Which program this is, and what it takes of its machine: memory, threads, processor, and how long it has lived. */
final class MachineMetrics {

    private MachineMetrics() {}

    /** A registry that shows these to begin with. */
    static PrometheusMeterRegistry registry(String version) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Their names are against the conventions, and the machine is what others watch.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("system."))
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"));
        Gauge.builder("nightshift.supervisor.build.info", () -> 1)
                .description("Which program this is")
                .tags("version", version, "java", Runtime.version().toString())
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }
}
