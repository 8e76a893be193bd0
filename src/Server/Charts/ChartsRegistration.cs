using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Charts;

/// <summary>Registers the charts.</summary>
internal static class ChartsRegistration
{
    public static IServiceCollection AddCharts(this IServiceCollection services)
    {
        services.TryAddSingleton<ChartRenderer>();
        return services;
    }
}
