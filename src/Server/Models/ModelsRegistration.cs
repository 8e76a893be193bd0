using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Models;

/// <summary>Registers models and routing.</summary>
internal static class ModelsRegistration
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddCheckedOptions<ModelOptions, ModelOptionsValidator>(ModelOptions.SectionName);
        services.TryAddSingleton<ModelTable>();
        services.TryAddSingleton<IModelStore, ModelStore>();
        services.TryAddSingleton<RetainedVersions>();
        services.TryAddSingleton<RoutingTable>();
        services.TryAddSingleton<ModelMetrics>();
        services.TryAddSingleton<VersionLoader>();
        services.TryAddSingleton<VersionLoads>();
        services.TryAddSingleton<RoutingMerge>();
        services.TryAddSingleton<RoutingRefresh>();
        services.TryAddSingleton<UidInheritance>();
        services.TryAddSingleton<ModelRegistry>();
        services.TryAddSingleton<ModelQueries>();
        services.TryAddSingleton<ModelChanges>();
        services.TryAddSingleton<ModelWatch>();
        services.TryAddSingleton<VersionComparer>();
        services.AddHostedService<StartupLoading>();
        return services;
    }
}
