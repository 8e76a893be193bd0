using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Answering;

/// <summary>Registers the answers to prediction calls.</summary>
internal static class AnsweringRegistration
{
    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        services.TryAddSingleton<AnswerRecorder>();
        services.TryAddSingleton<TextPrediction>();
        services.TryAddSingleton<BatchPrediction>();
        services.TryAddSingleton<PredictStream>();
        services.TryAddSingleton<PredictionExplanation>();
        return services;
    }
}
