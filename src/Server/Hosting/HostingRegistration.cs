using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>Registers the options of the server, its meter, and its shutdown.</summary>
internal static class HostingRegistration
{
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.AddCheckedOptions<ServerOptions, ServerOptionsValidator>(ServerOptions.SectionName);
        services.AddSingleton<IValidateOptions<ServerOptions>, ServerAddressRule>();
        services.AddOptions<HostOptions>().Configure<IOptions<ServerOptions>>(
            static (host, server) => host.ShutdownTimeout = server.Value.DrainGrace + server.Value.ShutdownTimeout);
        services.AddServerMeter();
        services.AddSingleton<ServerDrain>();
        services.AddHostedService(static provider => provider.GetRequiredService<ServerDrain>());
        return services;
    }
}
