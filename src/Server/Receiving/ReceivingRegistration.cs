using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Receiving;

/// <summary>Registers the limits of what clients send.</summary>
internal static class ReceivingRegistration
{
    public static IServiceCollection AddReceiving(this IServiceCollection services)
    {
        services.AddCheckedOptions<ReceivingOptions, ReceivingOptionsValidator>(ReceivingOptions.SectionName);
        services.AddSingleton<IValidateOptions<ReceivingOptions>, ReceivedBytesRule>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ReceivingOptions>>(static (kestrel, receiving) =>
        {
            kestrel.Limits.MaxConcurrentConnections = OpenFileLimit.Connections(receiving.Value.MaxConnections);
            kestrel.Limits.Http2.KeepAlivePingDelay = receiving.Value.KeepAlivePingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = receiving.Value.KeepAlivePingTimeout;
        });
        services.AddSingleton<CallMetrics>();
        services.AddSingleton<MethodRules>();
        services.AddSingleton<MessageCost>();
        services.AddSingleton<ReceiveBudget>();
        services.AddSingleton<CallMonitor>();
        services.AddSingleton<FaultTranslation>();
        services.AddSingleton<QueryLane>();
        return services;
    }

    /// <summary>Drops reset calls; this comes first, so that nothing is done for them.</summary>
    public static void UseResetCheck(this WebApplication application) => application.UseMiddleware<ResetMiddleware>();

    public static void UseReceiving(this WebApplication application) => application.UseMiddleware<ReceivingMiddleware>();
}
