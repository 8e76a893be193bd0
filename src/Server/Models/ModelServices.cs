using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Models;

/// <summary>Registers models and routing.</summary>
internal static class ModelServices
{
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>());
        services.TryAddSingleton<ModelTable>();
        services.TryAddSingleton<IModelStore, ModelStore>();
        services.TryAddSingleton<KeptVersions>();
        services.TryAddSingleton<RoutingTable>();
        services.TryAddSingleton<VersionLoader>();
        services.TryAddSingleton<VersionLoads>();
        services.TryAddSingleton<TopicAncestors>();
        services.TryAddSingleton<ModelRegistry>();
        services.AddHostedService<RegistryStart>();
        return services;
    }
}
