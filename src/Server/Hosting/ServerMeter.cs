using System.Diagnostics.Metrics;

namespace TopicGrpc.Server.Hosting;

/// <summary>The meter of all instruments of the server.</summary>
internal static class ServerMeter
{
    public const string Name = "TopicGrpc.Server";

    /// <summary>Histogram buckets for durations of calls in seconds, from half a millisecond to half a minute.</summary>
    public static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30],
    };

    public static IServiceCollection AddServerMeter(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(static provider => provider.GetRequiredService<IMeterFactory>().Create(Name));
        return services;
    }

    /// <summary>Creates a histogram of durations in seconds with <see cref="DurationBuckets"/>.</summary>
    public static Histogram<double> CreateDurations(this Meter meter, string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, DurationBuckets);
}
