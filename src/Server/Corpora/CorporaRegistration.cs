using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Corpora;

/// <summary>Registers the corpora.</summary>
internal static class CorporaRegistration
{
    public static IServiceCollection AddCorpora(this IServiceCollection services)
    {
        services.AddCheckedOptions<IngestOptions, IngestOptionsValidator>(IngestOptions.SectionName);
        services.TryAddSingleton<CorpusTable>();
        services.TryAddSingleton<ErasureTable>();
        services.TryAddSingleton<IRunningErasures>(static provider => provider.GetRequiredService<ErasureTable>());
        services.TryAddSingleton<CorpusStore>();
        services.TryAddSingleton<CorpusRequests>();
        services.TryAddSingleton<StorageQuota>();
        services.AddHostedService<CorpusRecovery>();
        return services;
    }
}
