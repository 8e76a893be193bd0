using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Members;

/// <summary>Registers the feed of a server that is no member of a cluster, unless a cluster has registered its own.</summary>
internal static class ChangeFeedRegistration
{
    public static IServiceCollection AddChangeFeed(this IServiceCollection services)
    {
        services.TryAddSingleton<IChangeFeed>(LocalChangeFeed.Instance);
        return services;
    }
}
