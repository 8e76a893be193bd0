using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Transfers;

/// <summary>Registers the import and export of models.</summary>
internal static class TransfersRegistration
{
    public static IServiceCollection AddTransfers(this IServiceCollection services)
    {
        services.TryAddSingleton<TransferSlots>();
        services.TryAddSingleton<ModelImporter>();
        services.TryAddSingleton<ImportStream>();
        services.TryAddSingleton<ExportStream>();
        return services;
    }
}
