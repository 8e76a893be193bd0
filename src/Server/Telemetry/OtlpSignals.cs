namespace TopicGrpc.Server.Telemetry;

/// <summary>
/// Which signals the standard variables of OpenTelemetry turn on: a signal is sent if there is an endpoint for it, unless its exporter is
/// <c>none</c> or the SDK is disabled.
/// </summary>
/// <param name="Traces">Whether traces are sent.</param>
/// <param name="Metrics">Whether metrics are sent.</param>
/// <param name="Logs">Whether logs are sent.</param>
internal sealed record OtlpSignals(bool Traces, bool Metrics, bool Logs)
{
    /// <summary>Reads the variables.</summary>
    public static OtlpSignals Of(IConfiguration configuration)
    {
        if (string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return new OtlpSignals(Traces: false, Metrics: false, Logs: false);
        }

        return new OtlpSignals(IsOn("TRACES"), IsOn("METRICS"), IsOn("LOGS"));

        bool IsOn(string signal) =>
            !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase)
            && (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])
                || !string.IsNullOrEmpty(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]));
    }
}
