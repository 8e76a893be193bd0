using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Ingesting;

/// <summary>Registers ingest streams.</summary>
internal static class IngestingRegistration
{
    public static IServiceCollection AddIngesting(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ServerOptions>, MessageSizeRule>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<IngestStream>();
        return services;
    }
}
