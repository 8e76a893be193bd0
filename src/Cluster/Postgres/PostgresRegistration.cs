using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Registers PostgreSQL as the database of the metadata, if it has a connection string.</summary>
internal static class PostgresRegistration
{
    public static IServiceCollection AddPostgres(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<PostgresOptions, PostgresOptionsValidator>(PostgresOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresOptions>, ConnectionStringRule>());
        services.AddCheckedOptions<MemberOptions, MemberOptionsValidator>(MemberOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MemberOptions>, HeartbeatRule>());
        bool isMember = MemberMode.IsSet(configuration);
        if (isMember)
        {
            services.AddSingleton(static provider => MemberIdentity.Of(
                provider.GetRequiredService<IOptions<MemberOptions>>().Value, provider.GetRequiredService<DataFolder>().Root));
            services.AddSingleton<PostgresMembers>();
            services.AddSingleton<IMembers>(static provider => provider.GetRequiredService<PostgresMembers>());
            services.AddSharedJobs();
        }

        if (!string.IsNullOrEmpty(configuration[PostgresOptions.ConnectionStringKey]))
        {
            services.AddSingleton<MetadataDatabase>(static provider => new PostgresDatabase(
                provider.GetRequiredService<IOptions<PostgresOptions>>(),
                provider.GetRequiredService<DataFolder>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PostgresDatabase>>(),
                () => provider.GetRequiredService<StopCause>().Stop(
                    "the lease on the metadata database was lost; another server has acquired it, or declared this one dead"),
                provider.GetService<MemberIdentity>()));
        }

        return services;
    }
}
