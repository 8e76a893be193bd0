using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Registers PostgreSQL as the database of the metadata, if it has a connection string.</summary>
internal static class PostgresRegistration
{
    public static IServiceCollection AddPostgres(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<PostgresOptions, PostgresOptionsValidator>(PostgresOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresOptions>, ConnectionStringRule>());
        if (!string.IsNullOrEmpty(configuration[PostgresOptions.ConnectionStringKey]))
        {
            services.AddSingleton<MetadataDatabase>(static provider => new PostgresDatabase(
                provider.GetRequiredService<IOptions<PostgresOptions>>(),
                provider.GetRequiredService<DataFolder>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PostgresDatabase>>(),
                provider.GetRequiredService<IHostApplicationLifetime>().StopApplication));
        }

        return services;
    }
}
