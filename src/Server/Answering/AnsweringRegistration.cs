using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Answering;

/// <summary>Registers the answers to prediction calls.</summary>
internal static class AnsweringRegistration
{
    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        services.TryAddSingleton<AnsweredTexts>();
        services.TryAddSingleton<PredictStream>();
        services.TryAddSingleton<PredictionExplainer>();
        return services;
    }
}
