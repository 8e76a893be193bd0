using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>Registers SQLite as the database of the metadata, unless another database is registered.</summary>
internal static class SqliteRegistration
{
    public static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.TryAddSingleton<MetadataDatabase, SqliteDatabase>();
        return services;
    }
}
