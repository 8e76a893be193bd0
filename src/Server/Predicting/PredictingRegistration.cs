using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Predicting;

/// <summary>Registers predictions and their cache.</summary>
internal static class PredictingRegistration
{
    public static IServiceCollection AddPredicting(this IServiceCollection services)
    {
        services.AddCheckedOptions<AnswerCacheOptions, AnswerCacheOptionsValidator>(AnswerCacheOptions.SectionName);
        services.TryAddSingleton<CallWatch>();
        services.TryAddSingleton<AnswerCache>();
        services.TryAddSingleton<PredictMetrics>();
        services.TryAddSingleton<Predictor>();
        return services;
    }
}
