using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Storage;

/// <summary>Registers the data folder.</summary>
internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IFileStorage? files)
    {
        services.AddCheckedOptions<StorageOptions, StorageOptionsValidator>(StorageOptions.SectionName);
        services.TryAddSingleton(files ?? DiskStorage.Instance);
        services.TryAddSingleton<DiskThreads>();
        services.TryAddSingleton<DataFolder>();
        services.TryAddSingleton<DiskSpace>();
        services.TryAddSingleton<DiskMetrics>();
        services.AddHostedService<StorageMonitor>();
        return services;
    }
}
