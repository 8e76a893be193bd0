using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Erasing;

/// <summary>Registers the erasure of documents. Its hosted services must start before those of the models, which hide documents.</summary>
internal static class ErasingRegistration
{
    public static IServiceCollection AddErasing(this IServiceCollection services)
    {
        services.AddCheckedOptions<ErasureOptions, ErasureOptionsValidator>(ErasureOptions.SectionName);
        services.TryAddSingleton<ErasureSignal>();
        services.TryAddSingleton<ErasedDocuments>();
        services.TryAddSingleton<IErasedDocuments>(static provider => provider.GetRequiredService<ErasedDocuments>());
        services.TryAddSingleton<ErasureRequests>();
        services.TryAddSingleton<VersionErasure>();
        services.TryAddSingleton<OperationErasure>();
        services.TryAddSingleton<CorpusErasure>();
        services.TryAddSingleton<ErasureRefresh>();
        services.AddHostedService<ErasureResumption>();
        services.AddHostedService<ErasureWorker>();
        services.AddHostedService<RetentionCheck>();
        return services;
    }
}
