using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Cluster.Silo;

/// <summary>Registers the silo of a member; any other server has none.</summary>
internal static class SiloRegistration
{
    public static IServiceCollection AddSilo(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<SiloOptions, SiloOptionsValidator>(SiloOptions.SectionName);
        if (!MemberMode.IsSet(configuration))
        {
            return services;
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SiloOptions>, SiloTlsRule>());
        services.AddSingleton<SiloHost>();
        services.AddSingleton<SiloService>();
        services.AddSingleton<ISilo>(static provider => provider.GetRequiredService<SiloService>());
        services.AddHostedService(static provider => provider.GetRequiredService<SiloService>());
        services.AddSingleton<IRoutePart, SiloDashboard>();
        return services;
    }
}
