using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Registers that a member embeds texts for the fits of all members; any other server embeds its own.</summary>
internal static class EmbeddingRegistration
{
    public static IServiceCollection AddEmbeddingOnMembers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<ClusterEmbeddingOptions, ClusterEmbeddingOptionsValidator>(ClusterEmbeddingOptions.SectionName);
        if (!MemberMode.IsSet(configuration))
        {
            return services;
        }

        services.AddSingleton<EncoderFingerprint>();
        services.AddSingleton<ResultStore>();
        services.AddSingleton<ISuspectLog, PostgresSuspectLog>();
        services.AddSingleton<ChunkRunner>();
        services.AddSingleton<IEmbeddingWorkers, MemberWorkers>();
        services.AddSingleton<IEmbeddingPlacement, ClusterEmbeddingPlacement>();
        services.AddHostedService<ResultSweep>();
        return services;
    }
}
