using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Fitting;

/// <summary>Registers fits and derivations.</summary>
internal static class FittingRegistration
{
    public static IServiceCollection AddFitting(this IServiceCollection services)
    {
        services.AddCheckedOptions<FitOptions, FitOptionsValidator>(FitOptions.SectionName);
        services.TryAddSingleton<FitThreads>();
        services.TryAddSingleton(static provider => new BackgroundScheduler(provider.GetRequiredService<FitThreads>().Most));
        services.TryAddSingleton<FitMetrics>();
        services.TryAddSingleton<FitTable>();
        services.TryAddSingleton<CrashedTexts>();
        services.TryAddSingleton<FitStore, LocalFitStore>();
        services.TryAddSingleton<IPublicationFence>(static provider => provider.GetRequiredService<FitStore>());
        services.TryAddSingleton<CorpusRemoval>();
        services.TryAddSingleton<FitSpeed>();
        services.TryAddSingleton<FitEstimation>();
        services.TryAddSingleton<FitAdmission>();
        services.TryAddSingleton<FitListing>();
        services.TryAddSingleton<FitWatch>();
        services.TryAddSingleton<EmbeddingCache>();
        services.TryAddSingleton<IEmbeddingPlacement, LocalEmbeddingPlacement>();
        services.TryAddSingleton<IFitCheckpoints, NoFitCheckpoints>();
        services.TryAddSingleton<CorpusEmbedder>();
        services.TryAddSingleton<GivenEmbeddingReader>();
        services.TryAddSingleton<TrainingDocuments>();
        services.TryAddSingleton<VersionMerging>();
        services.TryAddSingleton<DerivationAdmission>();
        services.TryAddSingleton<QualityStage>();
        services.TryAddSingleton<FitRunner>();
        services.TryAddSingleton<DerivationRunner>();
        services.TryAddSingleton<AssignmentFiles>();
        services.TryAddSingleton<IAssignmentStore, LocalAssignments>();
        services.TryAddSingleton<AssignmentVectors>();
        services.TryAddSingleton<VersionRemoval>();
        services.TryAddSingleton<AssignmentAdmission>();
        services.TryAddSingleton<AssignmentRunner>();
        services.AddHostedService<FitWorker>();
        return services;
    }
}
