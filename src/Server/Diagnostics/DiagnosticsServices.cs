using System.Diagnostics.Metrics;

namespace TopicGrpc.Server.Diagnostics;

/// <summary>Registers health.</summary>
internal static class DiagnosticsServices
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton(static provider => provider.GetRequiredService<IMeterFactory>().Create(ServerMetrics.MeterName));
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<ModelMetrics>();
        services.AddSingleton<FitMetrics>();
        services.AddSingleton<StreamMetrics>();
        services.AddGrpcHealthChecks().AddCheck<ReadyCheck>("ready");
        return services;
    }
}
