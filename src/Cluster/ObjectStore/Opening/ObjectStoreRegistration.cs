using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>Registers the object store, if the options name one.</summary>
internal static class ObjectStoreRegistration
{
    public static IServiceCollection AddObjectStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<ObjectStoreOptions, ObjectStoreOptionsValidator>(ObjectStoreOptions.SectionName);
        if (!MemberMode.IsSet(configuration))
        {
            return services;
        }

        services.AddSingleton<ObjectStoreHealth>();
        services.AddSingleton(static provider => new OpenedObjectStore(
            provider.GetRequiredService<IOptions<ObjectStoreOptions>>().Value,
            provider.GetRequiredService<IFileStorage>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ObjectStoreHealth>()));
        services.AddSingleton(static provider => provider.GetRequiredService<OpenedObjectStore>().Contents);
        services.AddHealthChecks().AddCheck<ObjectStoreHealth>("object store", tags: [HealthTags.Storage]);
        services.AddHostedService<ObjectStoreStart>();
        services.AddHostedService<ObjectStoreWatch>();
        return services;
    }
}
