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
        services.TryAddSingleton<KeptVersions>();
        services.TryAddSingleton<RoutingTable>();
        services.TryAddSingleton<ModelMetrics>();
        services.TryAddSingleton<VersionLoader>();
        services.TryAddSingleton<VersionLoads>();
        services.TryAddSingleton<TopicAncestors>();
        services.TryAddSingleton<ModelRegistry>();
        services.TryAddSingleton<ModelWatch>();
        services.TryAddSingleton<VersionComparer>();
        services.AddHostedService<RegistryStart>();
        return services;
    }
}
