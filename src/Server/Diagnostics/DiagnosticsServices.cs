namespace TopicGrpc.Server.Diagnostics;

/// <summary>Registers health.</summary>
internal static class DiagnosticsServices
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<ServerMetrics>();
        services.AddGrpcHealthChecks().AddCheck<ReadyCheck>("ready");
        return services;
    }
}
