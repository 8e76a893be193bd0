using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Predicting;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Fitting;

/// <summary>Registers the fits.</summary>
internal static class FittingServices
{
    public static IServiceCollection AddFitting(this IServiceCollection services)
    {
        services.AddOptions<FitOptions>().BindConfiguration(FitOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FitOptions>, FitOptionsValidator>());
        services.TryAddSingleton<FitThreads>();
        services.TryAddSingleton(static provider => new BackgroundScheduler(provider.GetRequiredService<FitThreads>().Most));
        services.TryAddSingleton<FitTable>();
        services.TryAddSingleton<FitStore>();
        services.TryAddSingleton<EmbeddingCache>();
        services.TryAddSingleton<CorpusEmbedder>();
        services.TryAddSingleton<QueuedEmbedder>();
        services.TryAddSingleton<TrainingDocuments>();
        services.TryAddSingleton<VersionMerging>();
        services.TryAddSingleton<QualityStage>();
        services.TryAddSingleton<FitRunner>();
        services.TryAddSingleton<DerivationRunner>();
        services.AddHostedService<FitWorker>();
        return services;
    }
}
