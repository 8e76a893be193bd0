using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Registers shadow versions' queue, worker and tallies.</summary>
internal static class ShadowingRegistration
{
    public static IServiceCollection AddShadowing(this IServiceCollection services)
    {
        services.AddCheckedOptions<ShadowOptions, ShadowOptionsValidator>(ShadowOptions.SectionName);
        services.TryAddSingleton<ShadowTallies>();
        services.TryAddSingleton<ShadowMetrics>();
        services.TryAddSingleton<ShadowReports>();
        services.TryAddSingleton<ShadowQueue>();
        services.AddHostedService<ShadowWorker>();
        return services;
    }
}
