using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Topics;

/// <summary>Registers the queries on the topics of a version.</summary>
internal static class TopicsRegistration
{
    public static IServiceCollection AddTopics(this IServiceCollection services)
    {
        services.TryAddSingleton<TopicListing>();
        services.TryAddSingleton<AssignedListing>();
        services.TryAddSingleton<LayerListing>();
        services.TryAddSingleton<TopicSearch>();
        services.TryAddSingleton<SliceReader>();
        services.TryAddSingleton<TopicSlices>();
        return services;
    }
}
