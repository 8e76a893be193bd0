using System.Reflection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Telemetry;

/// <summary>
/// Registers OpenTelemetry: metrics for Prometheus at <c>/metrics</c> always; traces, metrics and logs over OTLP if the standard
/// <c>OTEL_*</c> variables name an endpoint.
/// </summary>
internal static class TelemetryRegistration
{
    private const string ServiceName = "topicgrpc";

    // Probes and scrapes come every few seconds and would bury the calls.
    private static readonly string[] Untraced = ["/livez", "/readyz", "/startupz", "/metrics"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var signals = OtlpSignals.Of(builder.Configuration);
        OpenTelemetry.OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(Describe);
        telemetry.WithMetrics(metrics =>
        {
            metrics
                .AddMeter(ServerMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter();
            if (signals.Metrics)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (signals.Traces)
        {
            telemetry.WithTracing(AddTraces);
        }

        if (signals.Logs)
        {
            builder.Logging.AddOpenTelemetry(logs =>
            {
                var resource = ResourceBuilder.CreateDefault();
                Describe(resource);
                logs.SetResourceBuilder(resource);
                logs.IncludeFormattedMessage = true;
                logs.AddOtlpExporter();
            });
        }
    }

    /// <summary>Maps <c>/metrics</c> and creates the instruments that are only read.</summary>
    public static void MapTelemetry(this WebApplication application)
    {
        application.Services.GetRequiredService<DiskMetrics>();
        application.MapPrometheusScrapingEndpoint("/metrics");
    }

    private static void AddTraces(TracerProviderBuilder traces) => traces
        .AddSource(ServerActivities.Name)
        .AddAspNetCoreInstrumentation(static calls =>
        {
            calls.RecordException = false;
            calls.Filter = static context => !Untraced.Contains(context.Request.Path.Value, StringComparer.Ordinal);

            // The span of a call has the name of its method, over gRPC and as JSON.
            calls.EnrichWithHttpResponse = static (activity, _) =>
            {
                if (activity.GetTagItem("rpc.method") is string method)
                {
                    activity.DisplayName = method;
                }
            };
        })
        .AddOtlpExporter();

    private static void Describe(ResourceBuilder resource)
    {
        string version = typeof(TelemetryRegistration).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        resource
            .AddService(ServiceName, serviceVersion: version, autoGenerateServiceInstanceId: true)
            .AddEnvironmentVariableDetector();
    }
}
