using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>Registers publication, cache, ledger and sweep of artifacts, if the options name an object store.</summary>
internal static class ArtifactRegistration
{
    /// <summary>Folder of the local copies, below the data folder.</summary>
    internal const string FolderName = "artifacts";

    public static IServiceCollection AddArtifacts(this IServiceCollection services, IConfiguration configuration)
    {
        if (!MemberMode.IsSet(configuration))
        {
            return services;
        }

        services.AddSingleton<LedgerSource>();
        services.AddSingleton<IObjectLedger>(static provider => new SqlObjectLedger(
            provider.GetRequiredService<LedgerSource>().Connections, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(static provider => new ArtifactPublisher(
            provider.GetRequiredService<ContentStore>(),
            provider.GetRequiredService<IObjectLedger>(),
            provider.GetRequiredService<DataFolder>().Files));
        services.AddSingleton(CreateCache);
        services.AddSingleton(static provider => new ArtifactSweep(
            provider.GetRequiredService<ContentStore>(),
            provider.GetRequiredService<IObjectLedger>(),
            provider.GetRequiredService<IOptions<ObjectStoreOptions>>().Value.PublicationTimeout));
        services.AddHostedService<SweepService>();
        return services;
    }

    private static ArtifactCache CreateCache(IServiceProvider provider)
    {
        DataFolder folder = provider.GetRequiredService<DataFolder>();
        ObjectStoreOptions options = provider.GetRequiredService<IOptions<ObjectStoreOptions>>().Value;
        ArtifactCache cache = new(
            provider.GetRequiredService<ContentStore>(),
            folder.Files,
            Path.Combine(folder.Root, FolderName),
            options.CacheBytes,
            options.MaxParallelVersions);
        provider.GetRequiredService<Meter>().CreateObservableGauge(
            "topicgrpc.artifact.cache.size", () => cache.Bytes, "By", "Bytes of the local copies of shared versions.");
        return cache;
    }
}
