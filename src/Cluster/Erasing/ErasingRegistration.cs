using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Erasing;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>Registers the erasure of documents in a cluster, if the server is a member.</summary>
internal static class ErasingRegistration
{
    public static IServiceCollection AddSharedErasure(this IServiceCollection services, IConfiguration configuration)
    {
        if (MemberMode.IsSet(configuration))
        {
            services.AddSingleton(static provider => new LogRewrite(
                provider.GetRequiredService<ICorpusLog>(),
                provider.GetRequiredService<RecordStore>(),
                provider.GetRequiredService<MetadataDatabase>()));
            services.AddSingleton<ISharedErasure, SharedErasure>();
            services.AddHostedService<MemberErasure>();
        }

        return services;
    }
}
