using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Cluster.Versions;

/// <summary>Registers the versions that members share, if the server is a member.</summary>
internal static class VersionsRegistration
{
    public static IServiceCollection AddSharedVersions(this IServiceCollection services, IConfiguration configuration)
    {
        if (!MemberMode.IsSet(configuration))
        {
            return services;
        }

        services.TryAddSingleton<ModelStore>();
        services.AddSingleton<IPendingFolders, MemberPendingFolders>();
        services.AddSingleton<VersionArtifactTable>();
        services.AddSingleton<SharedVersionVerification>();
        services.AddSingleton<SharedModelStore>();
        services.AddSingleton<IModelStore>(static provider => provider.GetRequiredService<SharedModelStore>());
        services.AddHostedService<ReplacedVersions>();
        return services;
    }
}
