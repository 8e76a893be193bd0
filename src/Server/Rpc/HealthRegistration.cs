using TopicGrpc.Server.Hosting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Registers health. The server as a whole (the empty name) and the services that read report readiness; the services that write also
/// need the storage, so that a load balancer can keep predictions on a server whose disk is full; those that embed texts also need an
/// encoder that does not hang.
/// </summary>
internal static class HealthRegistration
{
    /// <summary>Name of the check of readiness.</summary>
    public const string Ready = "ready";

    private const string Embedding = "embedding";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services
            .AddGrpcHealthChecks(static health =>
            {
                foreach (string name in (string[])
                [
                    string.Empty,
                    TopicService.Descriptor.FullName,
                    MapService.Descriptor.FullName,
                    ServerService.Descriptor.FullName,
                    ModelService.Descriptor.FullName,
                    KeyService.Descriptor.FullName,
                    ClusterService.Descriptor.FullName,
                ])
                {
                    health.Services.Map(name, static check => check.Name == Ready);
                }

                health.Services.Map(PredictionService.Descriptor.FullName, static check => check.Name is Ready or Embedding);
                health.Services.Map(
                    CorpusService.Descriptor.FullName, static check => check.Name is Ready || check.Tags.Contains(HealthTags.Storage));
                health.Services.Map(
                    FitService.Descriptor.FullName,
                    static check => check.Name is Ready or Embedding || check.Tags.Contains(HealthTags.Storage));
            })
            .AddCheck<ReadyCheck>(Ready)
            .AddCheck<StorageCheck>("storage", tags: [HealthTags.Storage])
            .AddCheck<EmbeddingCheck>(Embedding);
        return services;
    }
}
