using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Registers what answers copies.</summary>
internal static class ShadowServices
{
    public static IServiceCollection AddShadows(this IServiceCollection services)
    {
        services.AddOptions<ShadowOptions>().BindConfiguration(ShadowOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ShadowOptions>, ShadowOptionsValidator>());
        services.TryAddSingleton<ShadowTallies>();
        services.TryAddSingleton<ShadowQueue>();
        services.AddHostedService<ShadowWorker>();
        return services;
    }
}
