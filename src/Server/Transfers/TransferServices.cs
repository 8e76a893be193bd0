using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Transfers;

/// <summary>Registers the way in and out of models.</summary>
internal static class TransferServices
{
    public static IServiceCollection AddTransfers(this IServiceCollection services)
    {
        services.TryAddSingleton<TransferSlots>();
        services.TryAddSingleton<ModelImporter>();
        return services;
    }
}
