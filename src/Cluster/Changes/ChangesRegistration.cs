using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Changes;

/// <summary>Registers the feed of changes of other members, if the server is a member of a cluster.</summary>
internal static class ChangesRegistration
{
    public static IServiceCollection AddChanges(this IServiceCollection services, IConfiguration configuration)
    {
        if (MemberMode.IsSet(configuration))
        {
            services.AddSingleton(static provider => new PostgresChangeFeed(
                (PostgresDatabase)provider.GetRequiredService<MetadataDatabase>(),
                provider.GetRequiredService<IOptions<PostgresOptions>>().Value,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PostgresChangeFeed>>()));
            services.AddSingleton<IChangeFeed>(static provider => provider.GetRequiredService<PostgresChangeFeed>());
            services.AddHostedService(static provider => provider.GetRequiredService<PostgresChangeFeed>());
        }

        return services;
    }
}
