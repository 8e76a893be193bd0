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
        services.TryAddSingleton<ModelStore>();
        services.TryAddSingleton<ModelRegistry>();
        services.AddHostedService<RegistryStart>();
        return services;
    }
}
