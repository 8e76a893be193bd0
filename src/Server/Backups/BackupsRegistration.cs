using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Backups;

/// <summary>Registers backups.</summary>
internal static class BackupsRegistration
{
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.TryAddSingleton<SnapshotTaking>();
        services.TryAddSingleton<BackupStream>();
        return services;
    }
}
