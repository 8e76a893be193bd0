using Microsoft.Extensions.DependencyInjection.Extensions;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Maps;

/// <summary>Registers the maps of versions.</summary>
internal static class MapsRegistration
{
    public static IServiceCollection AddMaps(this IServiceCollection services)
    {
        services.AddCheckedOptions<MapOptions, MapOptionsValidator>(MapOptions.SectionName);
        services.TryAddSingleton<MapStore>();
        services.TryAddSingleton<MapComputation>();
        services.TryAddSingleton<MapCache>();
        services.TryAddSingleton<MapIndexing>();
        services.TryAddSingleton<MapColumnReading>();
        services.TryAddSingleton<MapReading>();
        services.TryAddSingleton<MapColumns>();
        services.TryAddSingleton<MapDocuments>();
        services.TryAddSingleton<TextLocation>();
        return services;
    }
}
