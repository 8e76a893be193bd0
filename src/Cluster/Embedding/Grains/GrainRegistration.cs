using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Silo;

namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Registers the calls between members that embed.</summary>
internal static class GrainRegistration
{
    public static IServiceCollection AddEmbeddingGrains(this IServiceCollection services, IConfiguration configuration)
    {
        if (MemberMode.IsSet(configuration))
        {
            services.AddSingleton<ISiloPart, EmbeddingSiloPart>();
            services.AddSingleton<IWorkerTransport, GrainTransport>();
        }

        return services;
    }
}
